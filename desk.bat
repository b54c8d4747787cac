@echo off
rem Opens the publisher's desk on Windows by a double click. The first time it sets up what the desk needs.
rem In ASCII: cmd.exe reads this file in the code page of the machine. All Chinese words are printed by Python.
setlocal
cd /d "%~dp0"
set PYTHONUTF8=1
for %%V in (3.14 3.13 3.12 3.11) do (
  py -%%V -c "" >nul 2>nul && (
    py -%%V tools\desk_setup.py %*
    goto ended
  )
)
python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && (
  python tools\desk_setup.py %*
  goto ended
)
echo Python 3.11 or newer is needed. See the page that opens.
start "" "%~dp0tools\python-needed.html"
pause
exit /b 1

:ended
set code=%errorlevel%
if not %code%==0 pause
exit /b %code%
