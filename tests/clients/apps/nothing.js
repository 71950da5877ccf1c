// SPDX-License-Identifier: GPL-3.0-or-later
// Stands for libxslt, which Enketo uses on servers only.
export default {};
