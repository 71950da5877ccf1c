@echo off
rem SPDX-License-Identifier: GPL-3.0-or-later
rem Are the forms in this folder the ones that were signed?
rem
rem   verify.cmd [FOLDER [KEY.pub]]
rem
rem FOLDER: default "forms" beside this script.  KEY.pub: a key that you trust
rem already; default the one in FOLDER, whose fingerprint you then compare.
rem Ends with 0 GOOD, 5 FILES ONLY, 6 BAD, 3 when nothing could be checked.
rem With the variable NO_PAUSE set it does not wait for a key at the end.
setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
set "FOLDER=%~1"
set "KEY="
if not "%~2"=="" set "KEY=%~f2"
if not defined FOLDER set "FOLDER=%HERE%forms"
set "BAD="
set "SIGNED="
set "FOUND="
set "CODE=3"
set "LISTED=0"
set "NAMED=0"
if not defined KEY set "KEY=release.pub"

certutil -? >nul 2>nul
if errorlevel 1 goto nocertutil
pushd "%FOLDER%" 2>nul
if errorlevel 1 goto nofolder
for %%F in (manifest.xml manifest.xml.minisig SHA256SUMS) do if not exist "%%F" call :bad "%%F is missing"
if not exist "%KEY%" call :bad "the key is missing"
if defined BAD goto result

rem Nothing is read that this script could stumble over.
findstr /r "[^0-9A-Za-z._/ -]" SHA256SUMS >nul
if not errorlevel 1 call :bad "SHA256SUMS cannot be read"
findstr /r "[^0-9A-Za-z+/=:._ -]" manifest.xml.minisig >nul
if not errorlevel 1 call :bad "manifest.xml.minisig cannot be read"
findstr /r "[^0-9A-Za-z+/=:._ -]" "%KEY%" >nul
if not errorlevel 1 call :bad "the key cannot be read"
findstr /l /c:".." SHA256SUMS >nul
if not errorlevel 1 call :bad "SHA256SUMS cannot be read"
if defined BAD goto result

rem Only the manifest is signed: what SHA256SUMS says must stand there, too.
for /f "usebackq tokens=1,2" %%A in ("SHA256SUMS") do call :file "%%A" "%%B"
for /f %%N in ('find /c "<file " ^< manifest.xml') do set "NAMED=%%N"
if not "%LISTED%"=="%NAMED%" call :bad "SHA256SUMS does not say what manifest.xml says"

for %%F in (manifest.xml manifest.xml.minisig manifest.xml.2.minisig SHA256SUMS) do set "KNOWN_%%F=1"
call :length "%CD%\"
for /f "delims=" %%F in ('dir /b /s /a-d') do call :extra "%%F"

call :expiry
if exist "%HERE%minisign.exe" set "FOUND=%HERE%minisign.exe"
if not defined FOUND for %%P in (minisign.exe) do set "FOUND=%%~$PATH:P"
if defined FOUND call :signature
call :fingerprint

:result
if defined BAD goto isbad
if defined SIGNED goto isgood
echo RESULT: FILES ONLY. No file is damaged, but nobody has checked who made them:
echo minisign.exe is not here. Put it beside this script, and check again.
set "CODE=5"
goto end
:isgood
echo RESULT: GOOD. Every file is the one that was signed with this key.
echo Is it the key of the sender? Telephone, at a number that you know already,
echo and compare the fingerprint.
set "CODE=0"
goto end
:isbad
echo RESULT: BAD. Do not use these forms, and tell whoever sent them.
set "CODE=6"
:end
popd
if not defined NO_PAUSE pause
exit /b %CODE%

:nocertutil
echo There is no certutil here, which Windows has had since Windows 7.
echo RESULT: NOT CHECKED.
if not defined NO_PAUSE pause
exit /b 3

:nofolder
echo There is no folder "%FOLDER%". Copy everything out of the zip first.
echo RESULT: NOT CHECKED.
if not defined NO_PAUSE pause
exit /b 3

rem TEXT: it may hold the name of any file, so that it is never parsed again.
:bad
set "BAD=1"
set "TEXT=%~1"
setlocal EnableDelayedExpansion
echo BAD: !TEXT!
endlocal
exit /b 0

rem DIGEST NAME: one line of SHA256SUMS
:file
set "DIGEST=%~1"
set "NAME=%~2"
set "FILE=%NAME:/=\%"
set /a LISTED+=1
set "KNOWN_%NAME%=1"
findstr /r /c:"<file path=.%NAME%. .*sha256=.%DIGEST%.*/>" manifest.xml >nul
if errorlevel 1 call :bad "SHA256SUMS does not say what manifest.xml says: %NAME%"
if not exist "%FILE%" goto missing
set "GOT="
for /f "skip=1 delims=" %%H in ('certutil -hashfile "%FILE%" SHA256 2^>nul') do if not defined GOT set "GOT=%%H"
if not defined GOT goto differs
set "GOT=%GOT: =%"
if /i "%GOT%"=="%DIGEST%" exit /b 0
:differs
call :bad "%NAME% is not the file that was signed"
exit /b 0
:missing
call :bad "%NAME% is missing"
exit /b 0

rem TEXT: its length into ROOT
:length
set "TEXT=%~1"
set "ROOT=0"
:longer
if not defined TEXT exit /b 0
set "TEXT=%TEXT:~1%"
set /a ROOT+=1
goto longer

rem PATH: a file that is there
:extra
set "FULL=%~1"
call set "REST=%%FULL:~%ROOT%%%"
set "REST=%REST:\=/%"
for /f "delims=" %%R in ("%REST%") do if defined KNOWN_%%R exit /b 0
call :bad "%FULL% is too much: nobody has signed it"
exit /b 0

rem Windows says its time in the words of its language; PowerShell need not.
:expiry
set "EXPIRES="
set "NOW="
for /f "usebackq tokens=1,* delims=:" %%A in ("manifest.xml.minisig") do if "%%A"=="trusted comment" echo Signed:%%B
for /f "usebackq tokens=1,* delims=:" %%A in ("manifest.xml.minisig") do if "%%A"=="trusted comment" call :last %%B
if not defined EXPIRES exit /b 0
echo Good until: %EXPIRES%
for /f "delims=" %%T in ('powershell -NoProfile -Command "[DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ')" 2^>nul') do set "NOW=%%T"
if not defined NOW exit /b 0
if "%NOW%" GTR "%EXPIRES%" call :bad "these forms were good until %EXPIRES% and it is %NOW%: ask for newer ones"
exit /b 0

rem WORDS of the comment: what stands behind "expires"
:last
if "%~1"=="" exit /b 0
if "%~1"=="expires" set "EXPIRES=%~2"
shift
goto last

:signature
"%FOUND%" -V -q -p "%KEY%" -m manifest.xml >nul 2>nul
if not errorlevel 1 set "SIGNED=1"
if defined SIGNED exit /b 0
if not exist manifest.xml.2.minisig goto unsigned
"%FOUND%" -V -q -p "%KEY%" -m manifest.xml -x manifest.xml.2.minisig >nul 2>nul
if not errorlevel 1 set "SIGNED=1"
if defined SIGNED exit /b 0
:unsigned
call :bad "the signature of manifest.xml is not by the key in %KEY%"
exit /b 0

rem SHA-256 of the key behind its name, as it is read out on the telephone.
:fingerprint
set "LINE="
set "MARK="
for /f "usebackq skip=1 delims=" %%L in ("%KEY%") do if not defined LINE set "LINE=%%L"
echo Key: %LINE%
for /f "delims=" %%M in ('powershell -NoProfile -Command "$k=[Convert]::FromBase64String($env:LINE.Trim());$h=[Security.Cryptography.SHA256]::Create().ComputeHash($k,10,32);[BitConverter]::ToString($h,0,20) -replace '(..)-(..)-?','$1$2 '" 2^>nul') do set "MARK=%%M"
if not defined MARK set "MARK=cannot be computed here: compare the whole key"
echo Fingerprint of the key: %MARK%
exit /b 0
