/*
 * style: the rules. Colours are variables, one set for light screens and paper, one for dark screens; lines differ by dashes too.
 */
#include "atopdump/page/style.h"

#include <stddef.h>
#include <string.h>

static const char *const rules[] = {
	":root{color-scheme:light dark;--bg:#fff;--fg:#1a1d21;--dim:#5a6270;--rule:#d5d9df;--band:#f0f3f7;--link:#0b57b0;"
	"--warn:#a3231f;--warnbg:#fdeeed;--hover:#0b57b022;"
	"--s0:#0b62c4;--s1:#b34700;--s2:#17734a;--s3:#8432b8;--s4:#b3123c;--s5:#5a6270}\n",
	"@media (prefers-color-scheme:dark){:root{--bg:#14171b;--fg:#e6e8eb;--dim:#a3abb8;--rule:#3a414c;--band:#1e2329;--link:#82b6ff;"
	"--warn:#ff9d96;--warnbg:#3a1c1b;--hover:#82b6ff33;"
	"--s0:#6fb1ff;--s1:#ffa657;--s2:#5fd39a;--s3:#cf9bff;--s4:#ff8098;--s5:#a3abb8}}\n",
	"*{box-sizing:border-box}\n"
	"body{margin:0 auto;max-width:76rem;padding:1rem;background:var(--bg);color:var(--fg);font:1rem/1.45 system-ui,sans-serif}\n"
	"h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.35rem;margin:2.5rem 0 .5rem;padding-top:.5rem;border-top:3px solid var(--rule)}\n"
	"h3{font-size:1.1rem;margin:1.8rem 0 .3rem}p{margin:.3rem 0;max-width:60rem}\n"
	"a{color:var(--link)}a:focus-visible,summary:focus-visible,.w:focus-visible{outline:3px solid var(--link);outline-offset:2px}\n"
	".skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--bg);padding:.5rem;z-index:1}\n"
	".warn{border-left:.4rem solid var(--warn);background:var(--warnbg);padding:.5rem .8rem}\n"
	"nav ul{padding-left:1.2rem;margin:.5rem 0}\n"
	"dl{display:flex;flex-wrap:wrap;gap:.3rem 2rem;margin:.5rem 0}dt{color:var(--dim);font-size:.85rem}dd{margin:0}\n",
	"table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums;margin:.4rem 0}\n"
	"caption{text-align:left;font-weight:600;padding:.3rem 0}\n"
	"th,td{padding:.15rem .6rem .15rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule);overflow-wrap:anywhere}\n"
	"tbody th{font-weight:400}thead th{color:var(--dim);font-weight:600}\n"
	".k td,.v td{text-align:right;min-width:6rem;padding-left:1rem;overflow-wrap:normal}.k thead th+th,.v thead th+th{text-align:right}\n"
	"small{color:var(--dim);display:block;font-size:.78rem}.k small{display:inline}\n"
	"details{margin:.3rem 0}summary{cursor:pointer;padding:.15rem 0}\n"
	":target{outline:2px solid var(--link);outline-offset:2px}\n"
	".tops{display:flex;flex-wrap:wrap;gap:.5rem 2rem}\n",
	".w{overflow-x:auto}.off{position:absolute}.chart{display:block;width:100%;min-width:40rem;height:auto}\n"
	".sw{width:2.5rem;height:.6rem;margin-right:.3rem}\n"
	".l{fill:none;stroke-width:22;stroke-linecap:round;stroke-linejoin:round}\n"
	".s0{stroke:var(--s0)}.s1{stroke:var(--s1);stroke-dasharray:90 45}.s2{stroke:var(--s2);stroke-dasharray:20 45}\n"
	".s3{stroke:var(--s3);stroke-dasharray:120 45 20 45}.s4{stroke:var(--s4);stroke-dasharray:50 40}\n"
	".s5{stroke:var(--s5);stroke-dasharray:150 40 20 40 20 40}\n"
	".dot{stroke-width:75;stroke-dasharray:none}\n"
	".grid{stroke:var(--rule);stroke-width:8;fill:none}.ax{stroke:var(--dim);stroke-width:10;fill:none}\n"
	".tx,.ty{fill:var(--dim);font-size:125px}.tx{text-anchor:middle}.ty{text-anchor:end}.bt{fill:var(--warn)}\n"
	".band{fill:var(--band)}.gap{fill:url(#hatch)}.hatch{stroke:var(--dim);stroke-width:12}\n"
	".run{stroke:var(--dim);stroke-width:14;stroke-dasharray:20 40;fill:none}.boot{stroke:var(--warn);stroke-width:22;fill:none}\n"
	".h rect{fill:transparent}.h rect:hover{fill:var(--hover)}\n",
	".lanes{width:100%;min-width:66rem}.lanes th:first-child{width:20%}.lanes thead th{white-space:nowrap}\n"
	".lanes .z{width:30%;padding:0 .8rem 0 0}.z svg{display:block;width:100%;height:1.3rem}\n"
	".lanes td:nth-child(6){white-space:nowrap}\n"
	".lanes td:nth-child(2),.lanes td:nth-child(3),.lanes td:nth-child(8){text-align:right;overflow-wrap:normal}\n"
	".bar{fill:var(--s0)}.bad{fill:var(--s4)}.pale{fill:var(--s0);opacity:.35}.end{stroke:var(--fg);stroke-width:24}\n",
	"@media (max-width:40rem){.k td,.v td{min-width:0}.sw{display:block}}\n",
	"@media print{:root{--bg:#fff;--fg:#000;--dim:#444;--rule:#bbb;--band:#f0f0f0;--link:#000;--warn:#900;--warnbg:#fff;"
	"--s0:#0b62c4;--s1:#b34700;--s2:#17734a;--s3:#8432b8;--s4:#b3123c;--s5:#5a6270}\n"
	"body{max-width:none;padding:0;font-size:9pt}table{font-size:8pt}.skip,nav{display:none}.w{overflow:visible}.chart,.lanes{min-width:0}\n"
	".c,tr{break-inside:avoid}h2,h3{break-after:avoid}details:not([open]){display:none}a{text-decoration:none}\n"
	".bar,.pale,.band,.gap,.warn{print-color-adjust:exact}}\n",
};

void
style_put(struct writer *out)
{
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		writer_put(out, rules[i], strlen(rules[i]));
}
