/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each check is about, in the order of their codes. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "lint/explain.h"

static const struct copl_lint_explanation table[] = {
    {"allowed-characters", COPL_ERROR,
	N_("the characters of a text that the document allows only some of"),
	N_("What is not allowed cannot be shown or stored where the text is "
	   "used."),
	N_("Use only the characters that the note above the message lists.")},
    {"backslash-n-literal", COPL_WARNING,
	N_("a backslash and a letter that stand in the text as two characters"),
	N_("A reader sees \"\\n\" in the middle of a sentence and takes the "
	   "form for broken."),
	N_("Press Enter in your editor for a line break; in the file itself it "
	   "is one backslash and n.")},
    {"bidi-embedding", COPL_WARNING,
	N_("invisible characters that set the direction of text and reach "
	   "beyond it (U+202A, U+202B)"),
	N_("Text around them may change its order, so that a number or a name "
	   "stands on the wrong side."),
	N_("Use the isolates U+2066 to U+2068, closed with U+2069, or take the "
	   "characters out.")},
    {"bidi-override", COPL_ERROR,
	N_("invisible characters that turn the order of letters round (U+202D, "
	   "U+202E)"),
	N_("A reader sees words backwards, and a link can look like another "
	   "one."),
	N_("Take the character out.")},
    {"bidi-unbalanced", COPL_ERROR,
	N_("invisible characters that set the direction of text, opened and "
	   "not closed, or the other way round"),
	N_("All that follows on the page runs in the wrong direction."),
	N_("Close what is opened, in the order in which it was opened, or take "
	   "both out.")},
    {"blank", COPL_ERROR,
	N_("a translation that is nothing but blanks and invisible characters"),
	N_("A question without words, or a button without a name, cannot be "
	   "answered."),
	N_("Translate the text, or leave the translation empty until you do.")},
    {"bom", COPL_NOTE, N_("a byte order mark at the beginning of the file"),
	N_("gettext's own tools refuse the file."),
	N_("Save as UTF-8 without BOM; \"cop-l10n lint --fix\" does it.")},
    {"conflict-marker", COPL_ERROR,
	N_("lines that a version control tool leaves where two people changed "
	   "one text"),
	N_("The reader sees both versions and the marks between them."),
	N_("Choose one of the two and take the marks out.")},
    {"crlf", COPL_NOTE, N_("lines that end as on Windows"),
	N_("Nothing is wrong with it, but each tool that changes it shows "
	   "every line as changed."),
	N_("Save with line ends of Unix; \"cop-l10n lint --fix\" does it.")},
    {"double-space", COPL_NOTE,
	N_("two spaces in a row that the source has not"),
	N_("It is a slip of typing, and some outputs show both."),
	N_("Leave one; \"cop-l10n lint --fix\" does it.")},
    {"duplicate-choice-label", COPL_ERROR,
	N_("two answers to one question that read alike"),
	N_("Who fills in the form cannot tell them apart, and what they answer "
	   "means nothing."),
	N_("Give each answer its own words: look at the source for what makes "
	   "them differ.")},
    {"duplicate-entry", COPL_ERROR, N_("a message that is in the file twice"),
	N_("Which of the two translations is shown is a matter of chance."),
	N_("Keep the better one and delete the other.")},
    {"duplicate-word", COPL_NOTE, N_("one word twice in a row"),
	N_("It is a slip of typing that makes a text look careless."),
	N_("Take one out.")},
    {"edge-space", COPL_WARNING,
	N_("blanks at the beginning or the end of a text where the source has "
	   "none, or the other way round"),
	N_("Words grow together where texts are joined, or stand apart from "
	   "their mark."),
	N_("Begin and end as the source does; \"cop-l10n lint --fix\" does "
	   "it.")},
    {"email-changed", COPL_ERROR,
	N_("e-mail addresses, which must be those of the source"),
	N_("A young person who writes for help to a wrong address gets no "
	   "answer."),
	N_("Copy the address from the source.")},
    {"encoding", COPL_ERROR, N_("bytes that are not UTF-8"),
	N_("Letters would be lost or shown as signs."),
	N_("Save the file as UTF-8.")},
    {"end-punctuation", COPL_WARNING, N_("the mark at the end of a text"),
	N_("A question without its mark reads as a statement, and a list loses "
	   "its order."),
	N_("End as the source does, with the mark of your language.")},
    {"end-punctuation-locale", COPL_WARNING,
	N_("marks of English behind a letter of Arabic or Chinese"),
	N_("The text looks unfinished to who reads this language, and lines "
	   "break in the wrong place."),
	N_("Write the marks of the language; \"cop-l10n lint --fix\" does "
	   "it.")},
    {"entity-missing", COPL_ERROR,
	N_("references such as \"&name;\" that the source has"),
	N_("What they stand for is missing in the text."),
	N_("Copy the reference from the source.")},
    {"entity-unknown", COPL_ERROR,
	N_("references such as \"&name;\" that the source has not"),
	N_("No page knows what they stand for."),
	N_("Write the character itself.")},
    {"exemplar-letter", COPL_WARNING,
	N_("letters that look right and belong to another language, such as "
	   "Persian ones in Arabic"),
	N_("Search does not find the word, and a screen reader says it "
	   "wrongly."),
	N_("Type the letter with the keyboard of your language.")},
    {"forbidden-character", COPL_ERROR,
	N_("control characters and others that no form may hold"),
	N_("The page cannot be built, or shows an empty box."),
	N_("Take the character out.")},
    {"format-mismatch", COPL_ERROR,
	N_("directives such as \"%s\" in messages of a program"),
	N_("The program shows a wrong value, or stops."),
	N_("Keep each directive, and its kind; number them where the order "
	   "changes: \"%2$s\".")},
    {"french-spacing", COPL_WARNING,
	N_("the spaces of French before ; : ! ? and inside its quotation "
	   "marks"),
	N_("A line may begin with a question mark, and a text looks as if a "
	   "machine had written it."),
	N_("Put a no-break space there, U+202F or U+00A0; \"cop-l10n lint "
	   "--fix\" does it.")},
    {"fuzzy", COPL_ERROR,
	N_("a translation marked fuzzy: its source changed, or a tool guessed"),
	N_("It may say the opposite of the question that is asked now."),
	N_("Compare it with the source, correct it, and take the mark away.")},
    {"glossary", COPL_WARNING,
	N_("terms of the glossary that are translated otherwise, and names "
	   "that must stay"),
	N_("Who reads two forms takes two words for two things."),
	N_("Use the term that the finding names, in the form that the sentence "
	   "needs.")},
    {"header-boilerplate", COPL_WARNING,
	N_("words of an empty catalog that stayed in the header"),
	N_("Nobody knows whom to ask about this translation."),
	N_("Fill in the field, or leave it empty.")},
    {"header-charset", COPL_ERROR, N_("the encoding that the header names"),
	N_("A tool that believes it would garble every letter."),
	N_("Write \"Content-Type: text/plain; charset=UTF-8\".")},
    {"header-language", COPL_ERROR,
	N_("the language that the header names, which must be that of the "
	   "file"),
	N_("A form could be published in another language than it says."),
	N_("Write the name of the catalog: \"Language: fr\".")},
    {"header-missing", COPL_ERROR,
	N_("the entry at the top of the file that describes it"),
	N_("Without it no tool knows encoding, language and plural forms."),
	N_("Put back the entry with the empty msgid from an older version of "
	   "the file.")},
    {"ignore-unknown", COPL_WARNING,
	N_("comments \"cop-ignore:\" that name no check"),
	N_("The finding that you wanted to silence is still there."),
	N_("Copy the code that stands in brackets behind the finding.")},
    {"ignore-without-reason", COPL_WARNING,
	N_("comments \"cop-ignore:\" without a reason"),
	N_("The next translator cannot know whether it is still right."),
	N_("Say in a few words behind the code why the text is right.")},
    {"inconsistent", COPL_NOTE,
	N_("one text with one role that is translated in two ways"),
	N_("Readers look for a difference where there is none."),
	N_("Use one of them, unless grammar asks for both.")},
    {"inverted-punctuation", COPL_WARNING,
	N_("the marks ¿ and ¡ that begin a question or an exclamation in "
	   "Spanish"),
	N_("Who reads aloud learns only at the end that it was a question."),
	N_("Put the mark where the question or exclamation begins.")},
    {"kashida", COPL_NOTE, N_("the character U+0640, which stretches a word"),
	N_("Search does not find the word, and a screen reader stumbles."),
	N_("Take it out.")},
    {"length-ratio", COPL_WARNING,
	N_("a translation that is much shorter or longer than its source"),
	N_("A sentence may be missing, or belong to another question."),
	N_("Compare both to their ends.")},
    {"link-address", COPL_ERROR, N_("the address that a link leads to"),
	N_("A young person who needs help comes to a page that is not there."),
	N_("Write one whole address that begins with https:, http:, mailto: or "
	   "tel:, without blanks.")},
    {"max-length", COPL_ERROR, N_("the length of a text that has little room"),
	N_("What does not fit is cut off or covers other words."),
	N_("Find shorter words; the note above the message says how many "
	   "characters there is room for.")},
    {"missing-in-po", COPL_ERROR,
	N_("texts of the form that the catalog has not"),
	N_("The form would show English in the middle of another language."),
	N_("Let the secretariat run \"cop-l10n update\", then translate what "
	   "is new.")},
    {"mixed-script-word", COPL_ERROR,
	N_("a word with letters of two scripts that look alike"),
	N_("Search does not find it, a screen reader spells it, and names can "
	   "be forged so."),
	N_("Type the word again with one keyboard.")},
    {"mojibake", COPL_ERROR,
	N_("letters that were garbled because a file was read in a wrong "
	   "encoding"),
	N_("The text cannot be read."),
	N_("Type it again, or get the file anew from who saved it last.")},
    {"newline-mismatch", COPL_ERROR,
	N_("line breaks, which must be where the source has them"),
	N_("Lines of a list run together, or a gap opens on the page."),
	N_("Put as many line breaks as the source has.")},
    {"not-in-master", COPL_WARNING,
	N_("entries that the form has not, or has with another text"),
	N_("They translate a question that is not asked."),
	N_("Let the secretariat run \"cop-l10n update\".")},
    {"not-nfc", COPL_WARNING, N_("letters and accents that are two characters"),
	N_("Search does not find the word, and some fonts set the accent "
	   "beside the letter."),
	N_("Type the letter with its accent; \"cop-l10n lint --fix\" does "
	   "it.")},
    {"number-changed", COPL_ERROR,
	N_("numbers, which must be those of the source"),
	N_("Under 13 is not under 16: an age or a date decides who may take "
	   "part."),
	N_("Copy the numbers; digits and separators may be those of your "
	   "language.")},
    {"number-order", COPL_WARNING,
	N_("the ends of a range or of a scale that were turned round"),
	N_("Who means the best answer gives the worst."),
	N_("Write the numbers in the order of the source.")},
    {"obsolete", COPL_NOTE, N_("entries that the form no longer has"),
	N_("They do no harm and are kept for when a question comes back."),
	N_("Nothing has to be done.")},
    {"placeholder-extra", COPL_ERROR,
	N_("placeholders such as \"{name}\" that the source has not, or not so "
	   "often"),
	N_("The reader sees the name in braces, not a value."),
	N_("Take it out, or give it the name that the source has.")},
    {"placeholder-malformed", COPL_ERROR, N_("braces that are no placeholder"),
	N_("The reader sees them."),
	N_("Copy the placeholder from the source with its braces, \"{\" and "
	   "\"}\".")},
    {"placeholder-missing", COPL_ERROR,
	N_("placeholders such as \"{name}\" of the source"),
	N_("A date, a name or a number is missing in the sentence."),
	N_("Copy the placeholder as it is: its name is not translated.")},
    {"plural-count", COPL_ERROR, N_("how many plural forms a message has"),
	N_("For some numbers there would be no text."),
	N_("Give it as many forms as the language has.")},
    {"plural-empty", COPL_ERROR,
	N_("plural forms that are empty while others are not"),
	N_("For some numbers there would be no text."),
	N_("Translate each form.")},
    {"plural-rule", COPL_ERROR, N_("the rule by which a number gets its form"),
	N_("\"1 days\", or in Arabic and Russian a wrong ending for most "
	   "numbers."),
	N_("Write the rule that the finding shows; \"cop-l10n lint --fix\" "
	   "does it where another tool counts in another known way.")},
    {"quote-style", COPL_NOTE, N_("straight quotation marks"),
	N_("They are the marks of a typewriter."),
	N_("Write those of your language.")},
    {"register", COPL_WARNING,
	N_("whether the form says tu or vous, ты or вы, to its reader"),
	N_("A form that changes between the two sounds like two people, and a "
	   "young person may feel spoken down to."),
	N_("Use the one that the project has chosen.")},
    {"replacement-character", COPL_ERROR,
	N_("the sign U+FFFD, which stands where a character was lost"),
	N_("The reader sees a black diamond in place of a letter."),
	N_("Type the character again.")},
    {"same-as-source", COPL_ERROR,
	N_("a translation that is the source itself"),
	N_("An English sentence in a form of another language shuts out who "
	   "does not read English."),
	N_("Translate it; where it is the same word in both languages, say so "
	   "with cop-ignore.")},
    {"scale-reversed", COPL_ERROR,
	N_("answers of a scale whose order was turned round"),
	N_("Who agrees is counted as who does not."),
	N_("Give each answer the translation of its own source.")},
    {"sentence-count", COPL_NOTE, N_("how many sentences a text has"),
	N_("One may have been forgotten."), N_("Compare both to their ends.")},
    {"stale-translation", COPL_ERROR,
	N_("a translation that was approved for another source than the one it "
	   "now has"),
	N_("It may say the opposite of what is asked, and looks reviewed."),
	N_("Compare it with the source, correct it, and have it reviewed "
	   "again.")},
    {"storage-size", COPL_ERROR,
	N_("how many bytes a text needs where the document sets a limit"),
	N_("What does not fit is cut off."), N_("Find shorter words.")},
    {"syntax", COPL_ERROR, N_("lines that no catalog can have"),
	N_("Nothing of the file can be used until it is mended."),
	N_("Do what the finding says; most editors of catalogs never write "
	   "such lines.")},
    {"tag-attribute", COPL_ERROR,
	N_("attributes of tags, which must be those of the source"),
	N_("A link may lead elsewhere, or a picture be missing."),
	N_("Copy the whole tag from the source.")},
    {"tag-extra", COPL_ERROR,
	N_("tags that stand more often than in the source"),
	N_("Words are marked that should not be, or a link appears twice."),
	N_("Take out the tag and its end.")},
    {"tag-missing", COPL_ERROR, N_("tags of the source that are not there"),
	N_("A link cannot be followed, or a warning is no longer marked."),
	N_("Put the tag around the words that it belongs to in your "
	   "language.")},
    {"tag-nesting", COPL_WARNING,
	N_("tags that stand in one another otherwise than in the source"),
	N_("Words may lose their mark."),
	N_("Put them into one another as the source does.")},
    {"tag-spacing", COPL_WARNING,
	N_("a word that grew together with its neighbour at a tag"),
	N_("Two words are read as one."),
	N_("Put a space before or behind the tag, as the source does.")},
    {"tag-unknown", COPL_ERROR, N_("tags that the source has not"),
	N_("No page knows them, and nobody may add links or scripts by a "
	   "translation."),
	N_("Copy the tags from the source; their names are not translated.")},
    {"untranslated", COPL_ERROR, N_("a text without a translation"),
	N_("The form would show English in the middle of another language."),
	N_("Translate it.")},
    {"url-changed", COPL_ERROR,
	N_("web addresses, which must be those of the source"),
	N_("A young person who needs help comes to a page that is not there."),
	N_("Copy the address from the source; the same page in your language "
	   "is right too.")},
    {"wrong-han-variant", COPL_WARNING,
	N_("characters of Traditional Chinese in a Simplified text"),
	N_("Readers, children above all, may not know them."),
	N_("Write the Simplified character that the finding names.")},
    {"wrong-script", COPL_ERROR,
	N_("letters of another script than the language has"),
	N_("An English sentence in a form of another language shuts out who "
	   "does not read English."),
	N_("Translate it; names and acronyms may stay.")},
    {"xml-malformed", COPL_ERROR,
	N_("tags and the sign & that make no well-formed text"),
	N_("The form cannot be built."),
	N_("Close each tag that is opened, and write &amp; for the sign "
	   "itself.")},
    {"zero-width", COPL_WARNING, N_("invisible characters that do nothing"),
	N_("Search does not find the word, and lines break inside it."),
	N_("Take them out; \"cop-l10n lint --fix\" does it.")},
};

const struct copl_lint_explanation *copl_lint_explanation_at(size_t i)
{
	return i < COPL_COUNT(table) ? &table[i] : NULL;
}

const struct copl_lint_explanation *copl_lint_explain(const char *code)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(table); i++)
		if (strcmp(table[i].code, code) == 0)
			return &table[i];
	return NULL;
}
