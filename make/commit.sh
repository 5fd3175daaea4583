#!/bin/sh
# commit.sh: prints the commit that the sources are of, with "+changes" behind it if files differ from it; nothing if that is not
# known. git archive writes the commit to make/commit.
if [ -e .git ] && commit=$(git rev-parse --verify -q HEAD 2>/dev/null); then
	git diff-index --quiet HEAD -- 2>/dev/null || commit=$commit+changes
else
	commit=$(grep -Ex '[0-9a-f]{40}' make/commit)
fi
echo "$commit"
