/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "deliver/report.h"

/* clang-format off */
const char report_style[] =
".counts{display:flex;flex-wrap:wrap;gap:.5rem;padding:0;margin:1rem 0;"
"list-style:none}"
".counts li{border:1px solid var(--line);border-radius:.4rem;"
"padding:.4rem .8rem;min-inline-size:8rem}"
".counts b{display:block;font-size:1.5rem;line-height:1.2;"
"font-variant-numeric:tabular-nums}"
".draft{border:.2rem solid var(--bad);padding:.5rem 1rem;font-weight:600}"
".mark{overflow-wrap:normal}"
".mark::before{content:'\\25CF\\A0'}.mark.good::before{content:'\\2713\\A0'}"
".mark.error::before{content:'\\2715\\A0'}"
"dl{margin:0}dt{font-weight:600;margin-block-start:.6rem}"
"dd{margin-inline-start:0}"
"code{overflow-wrap:anywhere}"
"tbody th{color:var(--ink)}th .soft,dt .soft{font-weight:400}"
"@media screen and (max-width:48rem){.rows thead{position:absolute;inline-size:1px;"
"block-size:1px;overflow:hidden;clip-path:inset(50%)}"
".rows,.rows tbody,.rows tr,.rows th,.rows td{display:block}"
".rows tr{border-block-end:2px solid var(--line);padding-block:.5rem}"
".rows th,.rows td{border:0;padding:.1rem 0}"
".rows td[data-label]::before{content:attr(data-label) ': ';"
"color:var(--soft)}}"
"@page{margin:1.5cm}"
"@media print{html{font-size:.8rem}h2{break-after:avoid}"
"tr,li,dt{break-inside:avoid}.counts li{border-color:#000}}";
/* clang-format on */
