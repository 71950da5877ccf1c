// SPDX-License-Identifier: GPL-3.0-or-later
// Enketo as an application would use it: a form in, questions out.
import { transform } from 'enketo-transformer/web';
import { Form } from 'enketo-core';

window.openForm = async xform => {
	const { form, model, languageMap } = await transform({ xform });
	document.body.innerHTML = form;
	window.form = new Form(document.querySelector('form.or'), { modelStr: model }, {});
	const errors = window.form.init();
	return { errors: errors.map(String), languages: languageMap };
};
