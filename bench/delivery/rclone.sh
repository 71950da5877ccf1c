#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# rclone.sh PORT FOLDER [CA]: one daemon of rclone, a job for each endpoint as
# FOLDER/rclone.cfg has them, 16 at a time: its way to serve many at once.
HOME=$2
export HOME
sed "s|{rc}|$1|" "$2/rclone.cfg" >"$2/rclone.jobs"
rclone --config /dev/null ${3:+--ca-cert "$3"} -q rcd --rc-no-auth --rc-addr "127.0.0.1:$1" \
	--transfers 6 --checkers 6 &
daemon=$!
trap 'kill $daemon' HUP INT TERM
i=0
until curl -q -s -o /dev/null -X POST "127.0.0.1:$1/rc/noop" || [ $i -ge 100 ]; do
	i=$((i + 1))
	sleep 0.05
done
curl -q -sS -Z --parallel-max 16 -K "$2/rclone.jobs"
status=$?
kill $daemon
wait $daemon 2>/dev/null
exit $status
