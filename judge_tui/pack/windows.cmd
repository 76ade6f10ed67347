@echo off
rem Starts judge-tui from this folder: nothing is installed, no network is used.
rem Plain ASCII on purpose: this file must read the same in every Windows code page.
setlocal
set "HERE=%~dp0"
set "PY="
if /i "%PROCESSOR_ARCHITECTURE%"=="x86" if not defined PROCESSOR_ARCHITEW6432 goto x86
if exist "%HERE%program\windows-x64\python.exe" set "PY=%HERE%program\windows-x64\python.exe"
if defined PY goto found
:x86
if exist "%HERE%program\windows-x86\python.exe" set "PY=%HERE%program\windows-x86\python.exe"
if not defined PY goto missing
:found
if /i "%~x1"==".judge" goto file
if not "%~1"=="" goto given
title judge-tui
"%PY%" -m judge_tui sit "%HERE%kits"
goto done
:file
"%PY%" -m judge_tui score "%~1"
goto done
:given
"%PY%" -m judge_tui %*
:done
set "CODE=%ERRORLEVEL%"
if not "%CODE%"=="0" if "%~1"=="" pause
exit /b %CODE%
:missing
start "" notepad.exe "%HERE%program\windows.txt"
exit /b 1
