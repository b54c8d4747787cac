#!/bin/sh
# Opens the publisher's desk on Linux (UOS, Kylin, Debian ...). The first time it sets up what the desk needs.
# Without a terminal, as after a double click, the window stays open until a key is pressed if something is wrong.
cd "$(dirname "$0")" || exit 1
for python in python3.14 python3.13 python3.12 python3.11 python3 python; do
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    "$python" tools/desk_setup.py "$@"
    code=$?
    if [ "$code" -ne 0 ] && [ -t 0 ]; then
      printf '按回车键关闭这个窗口。'
      read -r _
    fi
    exit "$code"
  fi
done
echo '这台电脑上没有 Python 3.11 或更新的版本。安装的办法在 README.zh-CN.md 的“不用命令行”一节。'
if [ -t 0 ]; then
  printf '按回车键关闭这个窗口。'
  read -r _
fi
exit 1
