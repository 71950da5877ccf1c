# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for cop-l10n.  "cop-l10n help --completion" prints it: what follows
# as it stands, and below it what the program knows of its commands.

# _cop_l10n_takes OPTION...: what the option $1 takes, of those behind it;
# false: there is none of that name
_cop_l10n_takes() {
	local name=$1 o
	shift
	for o; do
		if [[ ${o%%=*} == "$name" ]]; then
			takes=
			[[ $o != *=* ]] || takes=${o#*=}
			return 0
		fi
	done
	return 1
}

# _cop_l10n_project ELEMENT ATTRIBUTE: its values in the project file
_cop_l10n_project() {
	sed -n "s/.*<$1 \\([^>]* \\)\\{0,1\\}$2=\"\\([^\"]*\\)\".*/\\2/p" \
		"$folder/consultation.xml" 2>/dev/null
}

# _cop_l10n_files [ENDING...]: folders, and files that end so, or all
_cop_l10n_files() {
	local ending line
	local -a found=()
	if [[ $# == 0 ]]; then
		mapfile -t found < <(compgen -f -- "$cur")
	else
		mapfile -t found < <(compgen -d -- "$cur")
		for ending; do
			while IFS= read -r line; do
				[[ -d $line ]] || found+=("$line")
			done < <(compgen -f -X "!*.$ending" -- "$cur")
		done
	fi
	COMPREPLY+=("${found[@]}")
	compopt -o filenames 2>/dev/null
}

_cop_l10n_choose() { # _cop_l10n_choose WORDS
	local -a found
	mapfile -t found < <(compgen -W "$1" -- "$cur")
	COMPREPLY+=("${found[@]}")
}

# _cop_l10n_value KINDS NAME: what can stand for it; kinds are those of the help,
# and a kind in small letters is a word to choose
_cop_l10n_value() {
	local kind
	for kind in ${1//|/ }; do
		case $kind:$2 in
		[a-z]*) _cop_l10n_choose "$kind" ;;
		FILE:key | FILE:collect-key | FILE:next-key) _cop_l10n_files key pub ;;
		FILE:its) _cop_l10n_files its xml ;;
		FILE:html | FILE:sheet) _cop_l10n_files html ;;
		FILE:csv) _cop_l10n_files csv ;;
		FILE:glossary) _cop_l10n_files tsv ;;
		FILE:master) _cop_l10n_files xml pot ;;
		DOCUMENT*) _cop_l10n_files xml xhtml html svg ;;
		CATALOG*) _cop_l10n_files po pot ;;
		DIR* | URL:) compopt -o filenames 2>/dev/null
			mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -d -- "$cur") ;;
		LANG*:* | TAG*:*)
			_cop_l10n_choose "$(_cop_l10n_project language tag)"
			[[ ${#COMPREPLY[@]} != 0 ]] || _cop_l10n_choose 'ar zh-Hans en fr ru es'
			;;
		ID:form)
			_cop_l10n_choose "$(_cop_l10n_project form src |
				sed 's|.*/||; s|\.xml$||') interface consultation"
			;;
		ID:to | ID:endpoint | RECIPIENT*) _cop_l10n_choose "$(_cop_l10n_project recipient id)" ;;
		COMMAND:*) _cop_l10n_choose "$_cop_l10n_commands" ;;
		STATE:* | CHECK:* | CATEGORY:*) _cop_l10n_choose "$(_cop_l10n_words "$kind")" ;;
		FILE* | PATH* | PREFIX* | BASE* | OURS* | THEIRS* | BEFORE* | AFTER*) _cop_l10n_files ;;
		esac
	done
}

# _cop_l10n_operand NUMBER WORD...: what stands at that place of a usage line, such
# as "LANG [STATE [ID...]]"
_cop_l10n_operand() {
	local at=$1
	shift
	set -- "${@//[][]/}"
	if ((at >= $#)); then
		[[ ${!#} == *... ]] || return
		at=$(($# - 1))
	fi
	shift "$at"
	_cop_l10n_value "${1%...}" "$([[ $command == endpoint && $1 == ID* ]] && echo endpoint)"
}

# The words before the one to complete: sets $command, $folder, $operands and,
# where that one is the value of an option, $option and $takes.
_cop_l10n_read() {
	local i word only=
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [[ -z $only && $word == -- ]]; then
			only=yes
		elif [[ -z $only && $word == -?* ]]; then
			takes=
			# shellcheck disable=SC2046
			_cop_l10n_takes "$word" $(_cop_l10n_options '') \
				$(_cop_l10n_options "$command")
			[[ -n $takes ]] || continue
			# "--option=value" are three words for bash.
			[[ ${COMP_WORDS[i + 1]} != = ]] || ((i++))
			((i++))
			if ((i >= COMP_CWORD)); then
				option=$word
				return
			fi
			[[ $word != -C && $word != --directory ]] || folder=${COMP_WORDS[i]}
		elif [[ -z $command ]]; then
			command=$word
		else
			((operands++))
		fi
	done
}

_cop_l10n() {
	local cur=${COMP_WORDS[COMP_CWORD]} command='' folder=. operands=0 option='' takes='' o
	COMPREPLY=()
	_cop_l10n_read
	[[ $cur != = ]] || cur=
	if [[ -n $option ]]; then
		_cop_l10n_value "$takes" "${option#--}"
	elif [[ $cur == -* ]]; then
		for o in $(_cop_l10n_options "${command:--}") $(_cop_l10n_options ''); do
			[[ $o != --*=* ]] || o=${o%%=*}=
			[[ $o != -?=* ]] || o=${o%%=*}
			[[ $o != "$cur"* ]] || COMPREPLY+=("$o")
		done
		[[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
	elif [[ -z $command ]]; then
		_cop_l10n_choose "$_cop_l10n_commands"
	else
		# shellcheck disable=SC2046
		_cop_l10n_operand "$operands" $(_cop_l10n_operands "$command")
	fi
}
complete -F _cop_l10n cop-l10n

