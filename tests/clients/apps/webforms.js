// SPDX-License-Identifier: GPL-3.0-or-later
// ODK Web Forms as an application would use it: a form in, questions out.
import { createApp, h } from 'vue';
import { OdkWebForm, webFormsPlugin } from '@getodk/web-forms';

window.openForm = xform => {
	const fetchFormAttachment = () => Promise.reject(new Error('no attachments'));
	window.sent = [];
	const app = createApp({ render: () => h(OdkWebForm, { formXml: xform, fetchFormAttachment,
		missingResourceBehavior: 'ERROR', onSubmit: payload => window.sent.push(payload) }) });
	app.config.errorHandler = error => { window.appErrors.push(String(error)); };
	window.appErrors = [];
	app.use(webFormsPlugin).mount('#app');
};
