#requires -version 5.1
# SPDX-License-Identifier: GPL-3.0-or-later

<#
.SYNOPSIS
Writes the facts of this server that Microsoft Entra Cloud Sync and Connect Sync depend on into a file for Presync.

.DESCRIPTION
Run it on the server that is to synchronize, in Windows PowerShell as administrator. It takes a few seconds, works
on Server Core too, needs no module, and changes nothing but the one file it writes. It sends the facts nowhere; a
domain controller of the server's own domain is only asked for the names of the local administrators and its time.

It reads, as raw values:
  name, domain and role of the computer; who runs the script
  Windows version, edition and installation type; memory, processors, volumes, TPM
  release of .NET Framework; version, execution policies and transcription of Windows PowerShell; TLS 1.2 settings
  start type of Credential Manager; DCOM descriptors, FIPS, NTLM, Internet Explorer Enhanced Security Configuration
  members of the local group Administrators; proxy in machine.config (without name and password); clock
  installed programs about synchronization and SQL Server, versions of the sync engines

With -Network it also tries what the server reaches: DNS records, ports of the domain controllers, Microsoft's
addresses of both options, the revocation lists, and AD FS if it is named. It asks each for no more than an answer,
through the proxy of machine.config or Windows where one is set. That takes up to two minutes; longer where Windows
itself waits, for a domain controller that does not answer or for the script of an automatic proxy setting.

A value the server does not have is null; one that could not be read carries the error. The form of the file is
described in server-facts.schema.json.

.PARAMETER Path
The file to write; COMPUTERNAME.json in the current folder if left out. A facts file of that name is replaced, any
other file is left alone.

.PARAMETER Network
Also try what the server reaches.

.PARAMETER Cloud
With -Network: the cloud that the tenant is in: worldwide, us-government, us-government-dod or china.

.PARAMETER TenantId
With -Network: the tenant's ID. One address carries it; without it, that address is left out.

.PARAMETER FederationService
With -Network: the federation service name, such as sts.contoso.com.

.PARAMETER FederationServer
With -Network: names of the AD FS servers, separated by commas.

.EXAMPLE
powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\Get-PresyncServerFacts.ps1

Writes SYNC01.json into the current folder. -ExecutionPolicy Bypass holds for this one call and stores nothing.

.EXAMPLE
.\Get-PresyncServerFacts.ps1 -Path \\files01\presync\SYNC01.json

Writes into a folder that Presync watches.

.EXAMPLE
.\Get-PresyncServerFacts.ps1 -Network -TenantId 11112222-bbbb-3333-cccc-4444dddd5555

Also tries what the server reaches.
#>
[CmdletBinding()]
param (
    [Parameter(Position = 0)]
    [string] $Path = "$env:COMPUTERNAME.json",
    [switch] $Network,
    [ValidateSet('worldwide', 'us-government', 'us-government-dod', 'china')]
    [string] $Cloud = 'worldwide',
    [ValidatePattern('^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$')]
    [string] $TenantId,
    [ValidatePattern('^[A-Za-z0-9._-]{1,255}$')]
    [string] $FederationService,
    [string[]] $FederationServer = @()
)

$ErrorActionPreference = 'Stop'
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    Write-Warning 'A policy of this server holds PowerShell in constrained language mode, in which this script cannot work.'
    exit 1
}

$ProgressPreference = 'SilentlyContinue'
$script:unread = 0
$script:answers = @{}

# A 32-bit PowerShell sees another System32 and another folder of programs.
$systemFolder = if ([Environment]::Is64BitProcess) { "$env:SystemRoot\System32" } else { "$env:SystemRoot\Sysnative" }
$programFolder = if ($env:ProgramW6432) { $env:ProgramW6432 } else { $env:ProgramFiles }

# ---- Readings: a value, $null if the server has none, or what went wrong ----

function New-Unread {
    param ($Record)
    $script:unread++
    $message = ($Record.Exception.GetBaseException().Message -replace '\s+', ' ').Trim()
    if ($message.Length -gt 300) { $message = $message.Substring(0, 300) }
    if ($message -eq '') { $message = 'unknown error' }
    return @{ error = $message }
}

function Read-Fact {
    param ([scriptblock] $Reading)
    try { return (& $Reading) }
    catch { return (New-Unread $_) }
}

# The comma keeps a list of one member, and an empty one, a list.
function Read-FactList {
    param ([scriptblock] $Reading)
    try {
        $members = @(& $Reading)
        return , $members
    }
    catch { return (New-Unread $_) }
}

# ---- Where the values come from ----

# In the 64-bit view, whatever PowerShell this is.
function Get-RegistryValue {
    param ([string] $Key, [string] $Name, [string] $Hive = 'LocalMachine')
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey($Hive, 'Registry64')
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -eq $opened) { return $null }
        try { return , $opened.GetValue($Name) }
        finally { $opened.Dispose() }
    }
    finally { $base.Dispose() }
}

# A REG_DWORD is unsigned, .NET gives it signed.
function ConvertTo-Number {
    param ($Value)
    if ($null -eq $Value) { return $null }
    if ($Value -is [int]) { return ([long] $Value -band 4294967295) }
    if ($Value -is [long]) { return $Value }
    throw "The registry value is of type $($Value.GetType().Name), not a number."
}

function Get-RegistryNumber {
    param ([string] $Key, [string] $Name, [string] $Hive = 'LocalMachine')
    return (ConvertTo-Number (Get-RegistryValue $Key $Name $Hive))
}

function Get-RegistryText {
    param ([string] $Key, [string] $Name, [string] $Hive = 'LocalMachine')
    $value = Get-RegistryValue $Key $Name $Hive
    if ($null -eq $value -or $value -is [string]) { return $value }
    throw "The registry value is of type $($value.GetType().Name), not a text."
}

function Get-RegistryBinary {
    param ([string] $Key, [string] $Name)
    $value = Get-RegistryValue $Key $Name
    if ($null -eq $value) { return $null }
    if ($value -isnot [byte[]]) { throw "The registry value is of type $($value.GetType().Name), not binary." }
    return [Convert]::ToBase64String($value)
}

# The numbers below a key by name; $null if there is no such key.
function Get-RegistryNumbers {
    param ([string] $Key)
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -eq $opened) { return $null }
        try {
            $numbers = [ordered]@{}
            foreach ($name in $opened.GetValueNames()) {
                $value = $opened.GetValue($name)
                if ($name -ne '' -and $value -is [int]) { $numbers[$name] = ConvertTo-Number $value }
            }
            return $numbers
        }
        finally { $opened.Dispose() }
    }
    finally { $base.Dispose() }
}

# Each question is asked once, also one that failed.
function Get-Instance {
    param ([string] $Query, [string] $Namespace = 'root/cimv2')
    if (-not $script:answers.ContainsKey($Query)) {
        try {
            $found = @(Get-CimInstance -Namespace $Namespace -Query $Query -OperationTimeoutSec 15 -ErrorAction Stop)
            $script:answers[$Query] = @{ found = $found }
        }
        catch { $script:answers[$Query] = @{ failure = $_.Exception.GetBaseException().Message } }
    }
    $answer = $script:answers[$Query]
    if ($answer.ContainsKey('failure')) { throw $answer['failure'] }
    return $answer['found']
}

function Get-ComputerSystem {
    return (Get-Instance 'SELECT Domain, PartOfDomain, DomainRole, TotalPhysicalMemory FROM Win32_ComputerSystem')
}

function Get-OperatingSystem {
    return (Get-Instance 'SELECT Caption, Version, BuildNumber, ProductType, OperatingSystemSKU FROM Win32_OperatingSystem')
}

# [long] of $null would be 0.
function ConvertTo-Long {
    param ($Value)
    if ($null -ne $Value) { return ([long] $Value) }
}

function ConvertTo-Trimmed {
    param ($Value)
    if ($null -ne $Value) { return ([string] $Value).Trim() }
}

function Get-DnsName {
    $properties = [System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
    if ($properties.DomainName) { return "$($properties.HostName).$($properties.DomainName)" }
}

# Windows PowerShell, also if this is another one.
function Get-WindowsPowerShellVersion {
    if ($PSVersionTable.PSEdition -eq 'Desktop') { return [string] $PSVersionTable.PSVersion }
    return (Get-RegistryText 'SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine' 'PowerShellVersion')
}

function Get-FileVersion {
    param ([string] $File)
    if (-not [System.IO.File]::Exists($File)) { return $null }
    $version = [System.Diagnostics.FileVersionInfo]::GetVersionInfo($File)
    return '{0}.{1}.{2}.{3}' -f $version.FileMajorPart, $version.FileMinorPart, $version.FileBuildPart, $version.FilePrivatePart
}

# A configuration file of .NET; $null if it is not there.
function Get-Configuration {
    param ([string] $File)
    if (-not [System.IO.File]::Exists($File)) { return $null }
    $document = [System.Xml.XmlDocument]::new()
    $document.XmlResolver = $null
    $document.Load($File)
    return , $document
}

function Get-ConfigurationValue {
    param ([string] $File, [string] $Element, [string] $Attribute)
    $document = Get-Configuration $File
    if ($null -eq $document) { return $null }
    $node = $document.SelectSingleNode("/configuration/$Element/@$Attribute")
    if ($null -ne $node) { return $node.Value }
}

# Does the program opt out of FIPS mode? $null if it is not installed.
function Test-FipsExempt {
    param ([string] $Program)
    if (-not [System.IO.File]::Exists($Program)) { return $null }
    return ((Get-ConfigurationValue "$Program.config" 'runtime/enforceFIPSPolicy' 'enabled') -eq 'false')
}

function Get-MachineProxy {
    param ([string] $Element, [string] $Attribute)
    $file = "$env:SystemRoot\Microsoft.NET\Framework64\v4.0.30319\Config\machine.config"
    return (Get-ConfigurationValue $file "system.net/$Element" $Attribute)
}

# Without a name and password
function Get-ProxyAddress {
    $address = Get-MachineProxy 'defaultProxy/proxy' 'proxyaddress'
    if ($null -ne $address) { return ($address -replace '^([^/]*//)?.*@', '$1') }
}

function Get-SyncEngine {
    $folder = Get-RegistryText 'SYSTEM\CurrentControlSet\Services\ADSync\Parameters' 'Path'
    if (-not $folder) { $folder = "$programFolder\Microsoft Azure AD Sync" }
    return [System.IO.Path]::Combine($folder, 'Bin', 'miiserver.exe')
}

function Get-SyncAgent {
    return "$programFolder\Microsoft Azure AD Connect Provisioning Agent\AADConnectProvisioningAgent.exe"
}

# $null for a SID that nobody knows any more
function Get-AccountName {
    param ([System.Security.Principal.SecurityIdentifier] $Sid)
    try { return $Sid.Translate([System.Security.Principal.NTAccount]).Value }
    catch { return $null }
}

# The SIDs of the members of the local group Administrators, whatever it is called here.
function Get-AdministratorSid {
    $group = [System.Security.Principal.SecurityIdentifier]::new('S-1-5-32-544')
    $name = $group.Translate([System.Security.Principal.NTAccount]).Value.Split('\')[-1]
    $entry = [ADSI] "WinNT://$([Environment]::MachineName)/$name,group"
    foreach ($member in @($entry.psbase.Invoke('Members'))) {
        $bytes = [byte[]] $member.GetType().InvokeMember('objectSid', 'GetProperty', $null, $member, $null)
        [System.Security.Principal.SecurityIdentifier]::new($bytes, 0)
    }
}

# Programs about synchronization and SQL Server, as "Programs and Features" shows them.
function Get-InstalledProgram {
    $wanted = '\bEntra\b|Azure AD|Azure Active Directory|AAD ?Connect|Provisioning Agent|SQL Server|ODBC Driver|OLE DB Driver|' +
        'Forefront Identity|Identity Manager|Directory Sync|DirSync'
    $seen = @{}
    foreach ($view in 'Registry64', 'Registry32') {
        $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', $view)
        try {
            $list = $base.OpenSubKey('SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall')
            if ($null -eq $list) { continue }
            foreach ($id in $list.GetSubKeyNames()) {
                $program = $list.OpenSubKey($id)
                if ($null -eq $program) { continue }
                $name = [string] $program.GetValue('DisplayName')
                $version = [string] $program.GetValue('DisplayVersion')
                $program.Dispose()
                if ($name -match $wanted -and -not $seen.ContainsKey("$name $version")) {
                    $seen["$name $version"] = $true
                    @{ label = $name; number = $(if ($version) { $version }) }
                }
            }
            $list.Dispose()
        }
        finally { $base.Dispose() }
    }
}

# w32tm asks a domain controller once for its time and prints "09:14:03, +00.0201234s". A domain controller asks
# another one: its own clock would always be right. If there is no other, nothing can be compared.
function Get-TimeOffset {
    if (-not (Get-ComputerSystem).PartOfDomain) { return $null }
    $domain = [System.DirectoryServices.ActiveDirectory.Domain]::GetComputerDomain()
    try { $controller = $domain.FindDomainController([System.DirectoryServices.ActiveDirectory.LocatorOptions]::AvoidSelf).Name }
    catch [System.DirectoryServices.ActiveDirectory.ActiveDirectoryObjectNotFoundException] {
        if ((Get-ComputerSystem).DomainRole -ge 4) { return $null }
        throw
    }
    $lines = @(& "$systemFolder\w32tm.exe" /stripchart "/computer:$controller" /samples:1 /dataonly)
    foreach ($line in $lines) {
        if ([string] $line -match ',\s*([+-]?)(\d+)[.,](\d+)s\s*$') {
            $seconds = [double]::Parse("$($Matches[1])$($Matches[2]).$($Matches[3])", [System.Globalization.CultureInfo]::InvariantCulture)
            return [long] [Math]::Round($seconds * 1000)
        }
    }
    throw "w32tm got no time from ${controller}: $($lines | Select-Object -Last 1)"
}

# ---- The network (-Network): what this server reaches ----

# The addresses of Microsoft's lists, and the clouds whose lists have them.
$addressList = @'
{tenant}.registration.msappproxy.net:443 worldwide
login.microsoftonline.com:443 worldwide us-government us-government-dod
www.microsoft.com:443 worldwide
login.windows.net:443 worldwide us-government us-government-dod
login.live.com:443 worldwide
aadcdn.msauth.net:443 worldwide us-government us-government-dod
aadcdn.msftauth.net:443 worldwide us-government us-government-dod
www.msftconnecttest.com:443 worldwide
secure.aadcdn.microsoftonline-p.com:443 worldwide us-government us-government-dod
enterpriseregistration.windows.net:443 worldwide us-government us-government-dod
management.azure.com:443 worldwide us-government us-government-dod
policykeyservice.dc.ad.msft.net:443 worldwide us-government us-government-dod
mscrl.microsoft.com:80 worldwide us-government us-government-dod
crl.microsoft.com:80 worldwide us-government us-government-dod
ocsp.msocsp.com:80 worldwide us-government us-government-dod
www.microsoft.com:80 worldwide
crl3.digicert.com:80 worldwide us-government us-government-dod
crl4.digicert.com:80 worldwide us-government us-government-dod
ocsp.digicert.com:80 worldwide us-government us-government-dod
oneocsp.microsoft.com:80 worldwide us-government us-government-dod
ctldl.windowsupdate.com:80 worldwide
login.windows.us:443 us-government us-government-dod
login.microsoftonline.us:443 us-government us-government-dod
aadcdn.msftauthimages.us:443 us-government us-government-dod
msauthimages.us:443 us-government us-government-dod
msftauthimages.us:443 us-government us-government-dod
graph.microsoft.us:443 us-government
dod-graph.microsoft.us:443 us-government-dod
mscrl.microsoft.us:80 us-government us-government-dod
crl.microsoft.us:80 us-government us-government-dod
ocsp.msocsp.us:80 us-government us-government-dod
www.microsoft.us:80 us-government us-government-dod
ctldl.windowsupdate.us:80 us-government us-government-dod
adminwebservice.microsoftonline.com:443 worldwide
provisioningapi.microsoftonline.com:443 worldwide
graph.microsoft.com:443 worldwide
www.office.com:443 worldwide
autoupdate.msappproxy.net:443 worldwide
autologon.microsoftazuread-sso.com:443 worldwide
'@
$signInHosts = @{
    'worldwide' = 'login.microsoftonline.com'
    'us-government' = 'login.microsoftonline.us'
    'us-government-dod' = 'login.microsoftonline.us'
    'china' = 'login.partner.microsoftonline.cn'
}
$catalogPort = 3268
$controllerPorts = 53, 88, 135, 389, 445, 3268, 5985, 9389
$atOnce = 16
$waitMilliseconds = 3000
$budgetSeconds = 90
$controllerLimit = 200
$domainLimit = 100
$serverLimit = 100
# Presync takes no more of them.
$rowLimit = 2000
$nameLimit = 500
$hostPattern = '^[A-Za-z0-9._-]{1,255}$'

# What was tried; its members go into the file. A probe that nobody gets to stays not tried.
function New-Probe {
    param ([string] $Kind, [string] $Name, $Port)
    return @{
        Kind = $Kind; Name = $Name; Port = $Port; Outcome = 'not-tried'
        Detail = $null; Proxy = $null; Tls = $null; Certificate = $null; Problems = 0
    }
}

function Set-Outcome {
    param ([hashtable] $Probe, [string] $Outcome, $Detail)
    $Probe.Outcome = $Outcome
    if ($null -ne $Detail) {
        $text = ([string] $Detail -replace '\s+', ' ').Trim()
        if ($text.Length -gt 300) { $text = $text.Substring(0, 300) }
        if ($text -ne '') { $Probe.Detail = $text }
    }
}

# What there are too many of is not tried, and the file says so: without that, it would seem to tell of all of them.
function New-LeftOut {
    param ([string] $Kind, [string[]] $Names, $Port, [int] $Tried, [int] $Room, [string] $What)
    foreach ($name in ($Names | Select-Object -Skip $Tried -First $Room)) {
        $probe = New-Probe $Kind $name $Port
        Set-Outcome $probe 'not-tried' "at most $Tried $What are tried"
        $probe
    }
}

function Test-TimeLeft {
    return ($script:watch.Elapsed.TotalSeconds -lt $budgetSeconds)
}

# The exception within others that says what went wrong: of a socket or of Windows, else the innermost.
function Get-Cause {
    param ($Exception)
    $cause = $Exception
    while ($null -ne $cause) {
        if ($cause -is [System.ComponentModel.Win32Exception]) { return $cause }
        if ($null -eq $cause.InnerException) { return $cause }
        $cause = $cause.InnerException
    }
}

# Asks DNS for a record: its answers, or none and why. 9003 and 9501: there is none; 1460: nobody answered. The dot at
# the end keeps Windows from adding suffixes; a name of one label cannot do without them.
function Get-Record {
    param ([string] $Name, [string] $Type)
    $key = "$Type $Name".ToLowerInvariant()
    if (-not $script:records.ContainsKey($key)) {
        $answer = @{ Answers = @(); Outcome = 'reached'; Detail = $null }
        $asked = if ($Name.Contains('.')) { $Name.TrimEnd('.') + '.' } else { $Name }
        try { $answer.Answers = @(Resolve-DnsName -Name $asked -Type $Type -DnsOnly -QuickTimeout -ErrorAction Stop) }
        catch {
            $cause = Get-Cause $_.Exception
            $answer.Detail = $cause.Message
            $code = if ($cause -is [System.ComponentModel.Win32Exception]) { $cause.NativeErrorCode } else { 0 }
            if ($code -eq 9003 -or $code -eq 9501) { $answer.Outcome = 'no-name' }
            elseif ($code -eq 1460) { $answer.Outcome = 'silent' }
            else { $answer.Outcome = 'no-resolver' }
        }
        $script:records[$key] = $answer
    }
    return $script:records[$key]
}

# The hosts of an SRV record
function Get-Target {
    param ($Record)
    $names = @($Record.Answers | Where-Object { $_.Type -eq 'SRV' } | ForEach-Object { ([string] $_.NameTarget).TrimEnd('.').ToLowerInvariant() })
    return @($names | Where-Object { $_ -match $hostPattern } | Select-Object -Unique)
}

# $Name: what was connected to; with a proxy that is the proxy.
function Set-SocketOutcome {
    param ([hashtable] $Probe, $Exception, [string] $Name)
    $cause = Get-Cause $Exception
    $code = if ($cause -is [System.Net.Sockets.SocketException]) { [string] $cause.SocketErrorCode } else { '' }
    switch ($code) {
        'HostNotFound' {
            # Windows says so as well where no name server answered.
            $record = if (Test-TimeLeft) { Get-Record $Name 'A' } else { @{ Outcome = 'no-resolver'; Detail = $null } }
            if ($record.Outcome -eq 'no-name') { Set-Outcome $Probe 'no-name' }
            else { Set-Outcome $Probe 'no-resolver' $record.Detail }
        }
        'NoData' { Set-Outcome $Probe 'no-name' }
        'TryAgain' { Set-Outcome $Probe 'no-resolver' }
        'NoRecovery' { Set-Outcome $Probe 'no-resolver' }
        'ConnectionRefused' { Set-Outcome $Probe 'refused' }
        'ConnectionReset' { Set-Outcome $Probe 'reset' }
        'ConnectionAborted' { Set-Outcome $Probe 'reset' }
        'TimedOut' { Set-Outcome $Probe 'silent' }
        default { Set-Outcome $Probe 'no-network' $cause.Message }
    }
}

# A connection was there, and then this.
function Set-StreamOutcome {
    param ([hashtable] $Probe, $Exception, [string] $Otherwise)
    $cause = Get-Cause $Exception
    if ($cause -is [System.Net.Sockets.SocketException]) {
        $code = [string] $cause.SocketErrorCode
        if ($code -in 'TimedOut', 'WouldBlock') { Set-Outcome $Probe 'silent' }
        elseif ($code -in 'ConnectionReset', 'ConnectionAborted', 'Disconnecting', 'NotConnected', 'Shutdown') { Set-Outcome $Probe 'reset' }
        # Anything else is the way's fault, not the host's.
        else { Set-Outcome $Probe 'no-network' $cause.Message }
    }
    # SEC_E_ALGORITHM_MISMATCH, SEC_E_UNSUPPORTED_FUNCTION: no version of TLS that both speak
    elseif ($cause -is [System.ComponentModel.Win32Exception] -and $cause.NativeErrorCode -in -2146893007, -2146893054) {
        Set-Outcome $Probe 'no-tls12' $cause.Message
    }
    else { Set-Outcome $Probe $Otherwise $cause.Message }
}

# The proxy that Windows uses for the address, as machine.config or the settings say; $null for none.
function Get-Proxy {
    param ([string] $Name, [int] $Port)
    $address = [Uri] $(if ($Port -eq 80) { "http://$Name/" } else { "https://$Name/" })
    $settings = [System.Net.WebRequest]::DefaultWebProxy
    if ($null -eq $settings) { return $null }
    $proxy = $settings.GetProxy($address)
    if ($null -eq $proxy -or $proxy -eq $address -or $settings.IsBypassed($address)) { return $null }
    return $proxy
}

# Asks for a head, and reads it.
function Read-Head {
    param ([System.IO.Stream] $Stream, [string] $Request)
    $bytes = [System.Text.Encoding]::ASCII.GetBytes($Request)
    $Stream.Write($bytes, 0, $bytes.Length)
    $Stream.Flush()
    $buffer = [byte[]]::new(4096)
    $count = 0
    $head = ''
    while ($count -lt $buffer.Length -and -not $head.Contains("`r`n`r`n")) {
        # As if the connection had timed out: that says nothing of the host.
        if (-not (Test-TimeLeft)) { throw [System.Net.Sockets.SocketException]::new(10060) }
        $read = $Stream.Read($buffer, $count, $buffer.Length - $count)
        if ($read -le 0) { break }
        $count += $read
        $head = [System.Text.Encoding]::ASCII.GetString($buffer, 0, $count)
    }
    return $head
}

# 0 if it is no head of HTTP
function Get-Status {
    param ([string] $Head)
    if ($Head -match '^HTTP/1\.[01] (\d\d\d)') { return [int] $Matches[1] }
    return 0
}

# True if the proxy let the request through; otherwise the probe has its outcome.
function Test-ProxyAnswer {
    param ([hashtable] $Probe, [int] $Status)
    if ($Status -ge 200 -and $Status -lt 300) { return $true }
    if ($Status -eq 407) { Set-Outcome $Probe 'proxy-sign-in' }
    elseif ($Status -eq 403) { Set-Outcome $Probe 'proxy-refused' }
    elseif ($Status -eq 0) { Set-Outcome $Probe 'proxy-broken' 'it does not answer as a proxy' }
    else { Set-Outcome $Probe 'proxy-broken' "it answered $Status" }
    return $false
}

# The DNS names in the extension of the certificate: a list of tagged texts (RFC 5280, 4.2.1.6; tag 2 is a DNS name).
function Get-CertificateName {
    param ($Certificate)
    $extension = $Certificate.Extensions['2.5.29.17']
    if ($null -eq $extension) { return }
    $bytes = $extension.RawData
    $at = if ($bytes[1] -ge 128) { $bytes[1] - 126 } else { 2 }
    while ($at + 1 -lt $bytes.Length) {
        $tag = $bytes[$at]
        [int] $length = $bytes[$at + 1]
        $at += 2
        if ($length -ge 128) {
            $more = $length - 128
            $length = 0
            for (; $more -gt 0; $more--) {
                $length = $length * 256 + $bytes[$at]
                $at++
            }
        }
        if ($tag -eq 130) { [System.Text.Encoding]::ASCII.GetString($bytes, $at, $length) }
        $at += $length
    }
}

function ConvertTo-Time {
    param ([DateTime] $Time)
    return $Time.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', [System.Globalization.CultureInfo]::InvariantCulture)
}

# What the certificate is, and whether its chain ends in an authority that this server trusts, whatever its dates. The
# chain is the one of the connection: it knows what the host sent along.
function Read-Certificate {
    param ($Certificate, $Chain)
    $root = $Certificate.Issuer
    if ($Chain.ChainElements.Count -gt 0) { $root = $Chain.ChainElements[$Chain.ChainElements.Count - 1].Certificate.Issuer }
    $faults = @($Chain.ChainStatus | ForEach-Object { [string] $_.Status } | Where-Object { $_ -notin 'NoError', 'NotTimeValid', 'NotTimeNested' })
    $names = @(Get-CertificateName $Certificate)
    if ($names.Count -gt $nameLimit) { $names = $null }
    return @{
        Subject = $Certificate.Subject
        Issuer = $Certificate.Issuer
        Root = $root
        Names = $names
        NotBefore = $Certificate.NotBefore
        NotAfter = $Certificate.NotAfter
        SelfSigned = ($Certificate.Subject -eq $Certificate.Issuer -and $Chain.ChainElements.Count -le 1)
        Trusted = ($null -ne $Chain -and $faults.Count -eq 0)
    }
}

# A name or a date that is wrong says more than the authority.
function Set-CertificateOutcome {
    param ([hashtable] $Probe)
    $certificate = $Probe.Certificate
    $now = [DateTime]::Now
    if ($Probe.Problems -band 2) { Set-Outcome $Probe 'wrong-name' }
    elseif ($certificate.NotBefore -gt $now -or $certificate.NotAfter -lt $now) { Set-Outcome $Probe 'expired' }
    elseif (-not $certificate.Trusted) { Set-Outcome $Probe 'intercepted' }
    else { Set-Outcome $Probe 'tls-failed' 'its certificate was not accepted' }
}

# TLS 1.2 over the connection: the encrypted stream, or $null and the outcome.
function Open-Tls {
    param ([hashtable] $Probe, [System.IO.Stream] $Stream)
    $script:shown = $null
    $script:problems = 0
    $Probe.Tls = $false
    $judge = [System.Net.Security.RemoteCertificateValidationCallback] {
        param ($origin, $certificate, $chain, $problems)
        $script:problems = [int] $problems
        if ($null -ne $certificate) {
            $script:shown = Read-Certificate ([System.Security.Cryptography.X509Certificates.X509Certificate2]::new($certificate)) $chain
        }
        return ($script:problems -eq 0)
    }
    $encrypted = [System.Net.Security.SslStream]::new($Stream, $false, $judge)
    $failure = $null
    try { $encrypted.AuthenticateAsClient($Probe.Name, $null, 'Tls12', $false) }
    catch { $failure = $_.Exception }
    if ($null -ne $script:shown) {
        $Probe.Certificate = $script:shown
        $Probe.Problems = $script:problems
    }
    if ($null -eq $failure) {
        $Probe.Tls = $true
        return $encrypted
    }
    if ($Probe.Problems -ne 0 -and $null -ne $Probe.Certificate) { Set-CertificateOutcome $Probe }
    else { Set-StreamOutcome $Probe $failure 'tls-failed' }
    $encrypted.Dispose()
    return $null
}

# Asks for "/" and takes any answer of the host.
function Test-Http {
    param ([hashtable] $Probe, [System.IO.Stream] $Stream, [string] $Prefix)
    $head = Read-Head $Stream ("GET $Prefix/ HTTP/1.1`r`nHost: $($Probe.Name)`r`nUser-Agent: Presync`r`n" +
        "Accept: */*`r`nConnection: close`r`n`r`n")
    $status = Get-Status $head
    # A host's own answer through a proxy carries the proxy's Via.
    $own = $head -match '(?im)^Via:' -and $head -notmatch '(?im)^X-Squid-Error:'
    if ($Prefix -and ($status -eq 407 -or (-not $own -and ($status -eq 403 -or ($status -ge 502 -and $status -le 504))))) {
        $null = Test-ProxyAnswer $Probe $status
    }
    elseif ($status -ne 0) { Set-Outcome $Probe 'reached' }
    else { Set-Outcome $Probe 'reset' }
}

# The connection is there: what is behind it?
function Test-Web {
    param ([hashtable] $Probe, [System.Net.Sockets.TcpClient] $Client)
    $stream = $Client.GetStream()
    $stream.ReadTimeout = $waitMilliseconds
    $stream.WriteTimeout = $waitMilliseconds
    $otherwise = 'reset'
    try {
        if ($Probe.Port -eq 80) {
            Test-Http $Probe $stream $(if ($Probe.Proxy) { "http://$($Probe.Name)" })
            return
        }
        if ($Probe.Proxy) {
            $otherwise = 'proxy-broken'
            $head = Read-Head $stream "CONNECT $($Probe.Name):$($Probe.Port) HTTP/1.1`r`nHost: $($Probe.Name):$($Probe.Port)`r`n`r`n"
            if (-not (Test-ProxyAnswer $Probe (Get-Status $head))) { return }
        }
        $otherwise = 'tls-failed'
        $encrypted = Open-Tls $Probe $stream
        if ($null -eq $encrypted) { return }
        $otherwise = 'reset'
        try { Test-Http $Probe $encrypted '' }
        finally { $encrypted.Dispose() }
    }
    catch { Set-StreamOutcome $Probe $_.Exception $otherwise }
}

# Connects by each version of IP that this server has and that fits the address.
function Start-Connection {
    param ([string] $Name, [int] $Port)
    foreach ($family in 'InterNetwork', 'InterNetworkV6') {
        $client = $null
        try {
            $client = [System.Net.Sockets.TcpClient]::new([System.Net.Sockets.AddressFamily] $family)
            @{ Client = $client; Task = $client.ConnectAsync($Name, $Port) }
        }
        catch { if ($null -ne $client) { $client.Dispose() } }
    }
}

# The one that got there, or else the one that says most. While one is merely silent, the host may still answer; and
# where the host has no address of the version, .NET has no error of a socket.
function Select-Connection {
    param ([hashtable[]] $Tries)
    foreach ($each in $Tries) { if ([string] $each.Task.Status -eq 'RanToCompletion') { return $each } }
    foreach ($each in $Tries) { if (-not $each.Task.IsCompleted) { return $each } }
    foreach ($each in $Tries) { if ((Get-Cause $each.Task.Exception) -is [System.Net.Sockets.SocketException]) { return $each } }
    return $Tries[0]
}

# At most $atOnce probes: all connect at once, then each that is asked more is asked in turn.
function Test-Batch {
    param ([hashtable[]] $Probes)
    $clients = @(foreach ($probe in $Probes) {
        $name = $probe.Name
        $port = $probe.Port
        if ($probe.Kind -in 'address', 'sign-in') {
            # Windows may wait long for the script of an automatic setting.
            if (-not (Test-TimeLeft)) { continue }
            try { $proxy = Get-Proxy $probe.Name $probe.Port }
            catch {
                Set-Outcome $probe 'not-tried' (Get-Cause $_.Exception).Message
                continue
            }
            if ($null -ne $proxy -and $proxy.Scheme -ne 'http') {
                Set-Outcome $probe 'not-tried' "the settings name $($proxy.Scheme)://$($proxy.Host):$($proxy.Port), a kind of proxy that is not tried"
                continue
            }
            if ($null -ne $proxy) {
                $name = $proxy.Host
                $port = $proxy.Port
                $probe.Proxy = "http://${name}:$port"
            }
        }
        $tries = @(Start-Connection $name $port)
        if ($tries.Count -eq 0) {
            Set-Outcome $probe 'no-network' 'this server has no version of IP for its address'
            continue
        }
        @{ Probe = $probe; Name = $name; Tries = $tries }
    })
    if ($clients.Count -eq 0) { return }
    $tasks = @($clients | ForEach-Object { $_.Tries } | ForEach-Object { $_.Task })
    try { $null = [System.Threading.Tasks.Task]::WaitAll([System.Threading.Tasks.Task[]] $tasks, $waitMilliseconds) }
    catch { $null = $_ }
    foreach ($entry in $clients) {
        $probe = $entry.Probe
        $best = Select-Connection $entry.Tries
        if ($best.Task.IsFaulted -or $best.Task.IsCanceled) {
            Set-SocketOutcome $probe $best.Task.Exception $entry.Name
            if ($probe.Proxy -and $probe.Outcome -in 'no-name', 'refused', 'reset') {
                Set-Outcome $probe 'proxy-broken' "the proxy itself cannot be reached ($($probe.Outcome))"
            }
        }
        elseif (-not $best.Task.IsCompleted) { Set-Outcome $probe 'silent' }
        elseif ($probe.Kind -in 'address', 'sign-in' -or ($probe.Kind -eq 'federation' -and $probe.Port -eq 443)) {
            if (Test-TimeLeft) { Test-Web $probe $best.Client }
        }
        else { Set-Outcome $probe 'reached' }
        foreach ($each in $entry.Tries) { $each.Client.Dispose() }
    }
}

function Test-Port {
    param ([hashtable[]] $Probes)
    for ($first = 0; $first -lt $Probes.Count -and (Test-TimeLeft); $first += $atOnce) {
        $last = [Math]::Min($first + $atOnce, $Probes.Count) - 1
        Test-Batch $Probes[$first..$last]
    }
}

# A record, or the address of a name
function Test-Name {
    param ([hashtable] $Probe, [string] $Type)
    if (-not (Test-TimeLeft)) { return }
    $record = Get-Record $Probe.Name $Type
    $alias = @($record.Answers | Where-Object { $_.Type -eq 'CNAME' } | Select-Object -First 1)
    if ($record.Outcome -ne 'reached') { Set-Outcome $Probe $record.Outcome }
    elseif ($Probe.Kind -eq 'federation' -and $alias.Count -gt 0) { Set-Outcome $Probe 'no-name' $alias[0].NameHost }
    elseif (@($record.Answers | Where-Object { $_.Type -ne 'SOA' }).Count -eq 0) { Set-Outcome $Probe 'no-name' }
    else { Set-Outcome $Probe 'reached' }
}

# One controller that answers is enough; while one is merely silent, the domain may still be there.
function Test-Domain {
    param ([hashtable] $Probe, [string[]] $Controllers, $Record)
    if ($Record.Outcome -ne 'reached' -or $Controllers.Count -eq 0) {
        Set-Outcome $Probe $(if ($Record.Outcome -ne 'reached') { $Record.Outcome } else { 'no-name' })
        return
    }
    $tried = @($Controllers | Select-Object -First $atOnce | ForEach-Object { New-Probe 'controller' $_ 389 })
    Test-Port $tried
    $unknown = @($tried | Where-Object { $_.Outcome -in 'silent', 'no-resolver', 'no-network', 'not-tried' })
    if (@($tried | Where-Object { $_.Outcome -eq 'reached' }).Count -gt 0) { Set-Outcome $Probe 'reached' }
    elseif ($unknown.Count -gt 0) { Set-Outcome $Probe $unknown[0].Outcome $unknown[0].Detail }
    elseif ($Controllers.Count -gt $tried.Count) { Set-Outcome $Probe 'not-tried' "only $($tried.Count) of its domain controllers were tried" }
    else { Set-Outcome $Probe $tried[0].Outcome $tried[0].Detail }
}

# The domains of the forest, its root first; without its help the server's own domain alone, and no root.
function Get-ForestDomain {
    if (-not (Get-ComputerSystem).PartOfDomain) { return @{ Root = $null; Domains = @() } }
    try {
        $forest = [System.DirectoryServices.ActiveDirectory.Domain]::GetComputerDomain().Forest
        return @{ Root = $forest.Name; Domains = @($forest.Domains | ForEach-Object { $_.Name } | Where-Object { $_ -match $hostPattern }) }
    }
    catch { return @{ Root = $null; Domains = @((Get-ComputerSystem).Domain) } }
}

# All that is tried, in the order of the file
function Get-NetworkProbe {
    $script:watch = [System.Diagnostics.Stopwatch]::StartNew()
    $script:records = @{}
    $signIn = $signInHosts[$Cloud]
    $web = @(New-Probe 'sign-in' $signIn 443) + @(foreach ($line in $addressList -split "`r?`n") {
        $address, $clouds = $line.Trim() -split ' '
        $name, $port = $address -split ':'
        if ($Cloud -notin $clouds -or ($name -eq $signIn -and $port -eq '443')) { continue }
        if ($name.Contains('{tenant}') -and -not $TenantId) { continue }
        New-Probe 'address' $name.Replace('{tenant}', $TenantId) ([int] $port)
    })
    $name = New-Probe 'name' $signIn $null
    $farm = @()
    if ($FederationService) { $farm = @(foreach ($port in $null, 443, 49443) { New-Probe 'federation' $FederationService $port }) }
    $servers = @($FederationServer -split '[,; ]+' | ForEach-Object { $_.ToLowerInvariant() } | Where-Object { $_ -match $hostPattern } | Select-Object -Unique)
    $farm += @(foreach ($server in ($servers | Select-Object -First $serverLimit)) { New-Probe 'federation-server' $server 5985 })

    $connected = [System.Net.NetworkInformation.NetworkInterface]::GetIsNetworkAvailable()
    if ($connected) {
        Test-Name $name 'A'
        Test-Port $web
        foreach ($probe in $farm) { if ($null -eq $probe.Port) { Test-Name $probe 'A' } }
        Test-Port @($farm | Where-Object { $null -ne $_.Port })
    }
    # After the others: Windows may wait long for a domain controller here.
    $forest = Get-ForestDomain
    $own = @($forest.Domains | Select-Object -First $domainLimit)
    $records = @(foreach ($domain in $own) {
        foreach ($prefix in '_ldap._tcp', '_ldap._tcp.dc._msdcs', '_ldap._tcp.pdc._msdcs', '_kerberos._tcp.dc._msdcs') {
            New-Probe 'record' "$prefix.$domain" $null
        }
    })
    if ($forest.Root) { $records += @(foreach ($prefix in '_ldap._tcp.gc._msdcs', '_gc._tcp') { New-Probe 'record' "$prefix.$($forest.Root)" $null }) }
    $domains = @(foreach ($domain in $own) { New-Probe 'domain' $domain 389 })
    $left = @(New-LeftOut 'domain' $forest.Domains 389 $domainLimit $domainLimit 'domains') +
        @(New-LeftOut 'federation-server' $servers 5985 $serverLimit $serverLimit 'AD FS servers')

    $all = @($records) + @($name) + @($web) + @($farm)
    if (-not $connected) {
        foreach ($probe in $all + $domains) { Set-Outcome $probe 'no-network' 'no network is connected' }
        return $all + $domains + $left
    }
    foreach ($probe in $records) { Test-Name $probe 'SRV' }
    $found = @(foreach ($probe in $domains) {
        if (-not (Test-TimeLeft)) { continue }
        $record = Get-Record "_ldap._tcp.dc._msdcs.$($probe.Name)" 'SRV'
        $targets = @(Get-Target $record)
        Test-Domain $probe $targets $record
        $targets
    })
    $found = @($found | Select-Object -Unique)
    $catalogs = @()
    if ($forest.Root) { $catalogs = @(Get-Target (Get-Record "_gc._tcp.$($forest.Root)" 'SRV')) }
    # A row for each port of those that are tried, and one at least for all the others
    $room = $rowLimit - $all.Count - $domains.Count - $left.Count
    $most = [Math]::Min($controllerLimit, [Math]::Floor(($room - 1) / $controllerPorts.Count))
    $controllers = @(foreach ($target in ($found | Select-Object -First $most)) {
        foreach ($port in $controllerPorts) { if ($port -ne $catalogPort -or $target -in $catalogs) { New-Probe 'controller' $target $port } }
    })
    Test-Port $controllers
    $room = [Math]::Min($controllerLimit, $room - $controllers.Count)
    $left += @(New-LeftOut 'controller' $found $null $most $room 'domain controllers')
    return $all + $domains + $controllers + $left
}

# ---- The file ----

# Not ConvertTo-Json: that of 5.1 is not to be trusted with lists.
function ConvertTo-JsonText {
    param ([string] $Text)
    $json = [System.Text.StringBuilder]::new('"')
    foreach ($character in $Text.ToCharArray()) {
        $code = [int] $character
        if ($code -eq 34 -or $code -eq 92) { $null = $json.Append([char] 92).Append($character) }
        elseif ($code -lt 32 -or $code -eq 127) { $null = $json.Append([char] 92).Append('u').Append($code.ToString('x4')) }
        else { $null = $json.Append($character) }
    }
    return $json.Append('"').ToString()
}

function ConvertTo-FactsJson {
    param ($Value, [string] $Indent = '')
    if ($null -eq $Value) { return 'null' }
    if ($Value -is [string]) { return (ConvertTo-JsonText $Value) }
    if ($Value -is [bool]) { return ([string] $Value).ToLowerInvariant() }
    if ($Value -is [ValueType]) { return [string]::Format([System.Globalization.CultureInfo]::InvariantCulture, '{0}', $Value) }
    $inner = "$Indent  "
    if ($Value -is [System.Collections.IDictionary]) {
        $lines = @(foreach ($entry in $Value.GetEnumerator()) {
            $inner + (ConvertTo-JsonText $entry.Key) + ': ' + (ConvertTo-FactsJson $entry.Value $inner)
        })
        if ($lines.Count -eq 0) { return '{}' }
        return "{`n" + ($lines -join ",`n") + "`n$Indent}"
    }
    if ($Value -is [System.Collections.IEnumerable]) {
        $lines = @(foreach ($member in $Value) { $inner + (ConvertTo-FactsJson $member $inner) })
        if ($lines.Count -eq 0) { return '[]' }
        return "[`n" + ($lines -join ",`n") + "`n$Indent]"
    }
    return (ConvertTo-JsonText ([string] $Value))
}

# Under another name first, so that nobody finds half a file.
function Save-Facts {
    param ([string] $Json, [string] $Target)
    if ([System.IO.Directory]::Exists($Target)) { throw "$Target is a folder." }
    $exists = [System.IO.File]::Exists($Target)
    if ($exists) {
        $isFacts = [System.IO.FileInfo]::new($Target).Length -le 1048576 -and
            [System.IO.File]::ReadAllText($Target).Contains('"presync-server-facts"')
        if (-not $isFacts) { throw "$Target exists and is no facts file. Choose another name with -Path." }
    }
    # A name that nobody else has: what is there already is not ours to replace or delete.
    $part = "$Target.$([Guid]::NewGuid().ToString('N')).part"
    try {
        [System.IO.File]::WriteAllText($part, $Json, [System.Text.UTF8Encoding]::new($false))
        if ($exists) { [System.IO.File]::Replace($part, $Target, [NullString]::Value) }
        else { [System.IO.File]::Move($part, $Target) }
    }
    catch {
        [System.IO.File]::Delete($part)
        throw
    }
}

# ---- The facts ----

$identity = [System.Security.Principal.WindowsIdentity]::GetCurrent()
$administrator = [System.Security.Principal.WindowsPrincipal]::new($identity).IsInRole(
    [System.Security.Principal.WindowsBuiltInRole]::Administrator)
$windows = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion'
$policies = 'SOFTWARE\Policies\Microsoft\Windows\PowerShell'
$shell = 'SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell'
$tls = 'SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2'
$net64 = 'SOFTWARE\Microsoft\.NETFramework\v4.0.30319'
$net32 = 'SOFTWARE\WOW6432Node\Microsoft\.NETFramework\v4.0.30319'
$lsa = 'SYSTEM\CurrentControlSet\Control\Lsa'
$vault = 'SYSTEM\CurrentControlSet\Services\VaultSvc'
$ieEsc = 'SOFTWARE\Microsoft\Active Setup\Installed Components\{A509B1A7-37EF-4b3f-8CFC-4F3A74704073}'
$ole = 'SOFTWARE\Microsoft\Ole'

if (-not $administrator) {
    Write-Warning 'Not run as administrator: some values cannot be read. Better start PowerShell with "Run as administrator".'
}

$facts = [ordered]@{
    'presync-server-facts' = 1
    collector = '1.0'
    collected = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', [System.Globalization.CultureInfo]::InvariantCulture)
    computer = [ordered]@{
        name = [Environment]::MachineName
        dnsName = Read-Fact { Get-DnsName }
        domain = Read-Fact { (Get-ComputerSystem).Domain }
        partOfDomain = Read-Fact { (Get-ComputerSystem).PartOfDomain }
        domainRole = Read-Fact { ConvertTo-Long (Get-ComputerSystem).DomainRole }
    }
    ranAs = [ordered]@{
        name = $identity.Name
        sid = $identity.User.Value
        elevated = $administrator
    }
    system = [ordered]@{
        caption = Read-Fact { ConvertTo-Trimmed (Get-OperatingSystem).Caption }
        version = Read-Fact { (Get-OperatingSystem).Version }
        build = Read-Fact { ConvertTo-Long (Get-OperatingSystem).BuildNumber }
        ubr = Read-Fact { Get-RegistryNumber $windows 'UBR' }
        productType = Read-Fact { ConvertTo-Long (Get-OperatingSystem).ProductType }
        sku = Read-Fact { ConvertTo-Long (Get-OperatingSystem).OperatingSystemSKU }
        installationType = Read-Fact { Get-RegistryText $windows 'InstallationType' }
        serverLevels = Read-Fact { Get-RegistryNumbers "$windows\Server\ServerLevels" }
    }
    hardware = [ordered]@{
        memoryBytes = Read-Fact { ConvertTo-Long (Get-ComputerSystem).TotalPhysicalMemory }
        processors = Read-FactList {
            foreach ($processor in Get-Instance 'SELECT Name, MaxClockSpeed, NumberOfCores FROM Win32_Processor') {
                [ordered]@{
                    name = ConvertTo-Trimmed $processor.Name
                    maxClockMHz = ConvertTo-Long $processor.MaxClockSpeed
                    cores = ConvertTo-Long $processor.NumberOfCores
                }
            }
        }
        disks = Read-FactList {
            foreach ($disk in Get-Instance 'SELECT DeviceID, Size, FreeSpace FROM Win32_LogicalDisk WHERE DriveType = 3') {
                [ordered]@{
                    drive = $disk.DeviceID
                    sizeBytes = ConvertTo-Long $disk.Size
                    freeBytes = ConvertTo-Long $disk.FreeSpace
                    system = ($disk.DeviceID -eq $env:SystemDrive)
                }
            }
        }
        tpm = Read-Fact {
            $tpm = Get-Instance 'SELECT SpecVersion, IsEnabled_InitialValue, IsActivated_InitialValue FROM Win32_Tpm' 'root/cimv2/Security/MicrosoftTpm'
            [ordered]@{
                present = ($null -ne $tpm)
                specVersion = $tpm.SpecVersion
                enabled = $tpm.IsEnabled_InitialValue
                activated = $tpm.IsActivated_InitialValue
            }
        }
    }
    dotnet = [ordered]@{
        release = Read-Fact { Get-RegistryNumber 'SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full' 'Release' }
    }
    powershell = [ordered]@{
        version = Read-Fact { Get-WindowsPowerShellVersion }
        machinePolicy = [ordered]@{
            enableScripts = Read-Fact { Get-RegistryNumber $policies 'EnableScripts' }
            executionPolicy = Read-Fact { Get-RegistryText $policies 'ExecutionPolicy' }
        }
        userPolicy = [ordered]@{
            enableScripts = Read-Fact { Get-RegistryNumber $policies 'EnableScripts' 'CurrentUser' }
            executionPolicy = Read-Fact { Get-RegistryText $policies 'ExecutionPolicy' 'CurrentUser' }
        }
        currentUser = Read-Fact { Get-RegistryText $shell 'ExecutionPolicy' 'CurrentUser' }
        localMachine = Read-Fact { Get-RegistryText $shell 'ExecutionPolicy' }
        transcription = Read-Fact { Get-RegistryNumber "$policies\Transcription" 'EnableTranscripting' }
        activeDirectoryModule = Read-Fact {
            [System.IO.Directory]::Exists("$systemFolder\WindowsPowerShell\v1.0\Modules\ActiveDirectory")
        }
    }
    tls12 = [ordered]@{
        client = [ordered]@{
            enabled = Read-Fact { Get-RegistryNumber "$tls\Client" 'Enabled' }
            disabledByDefault = Read-Fact { Get-RegistryNumber "$tls\Client" 'DisabledByDefault' }
        }
        server = [ordered]@{
            enabled = Read-Fact { Get-RegistryNumber "$tls\Server" 'Enabled' }
            disabledByDefault = Read-Fact { Get-RegistryNumber "$tls\Server" 'DisabledByDefault' }
        }
        dotnet64 = [ordered]@{
            schUseStrongCrypto = Read-Fact { Get-RegistryNumber $net64 'SchUseStrongCrypto' }
            systemDefaultTlsVersions = Read-Fact { Get-RegistryNumber $net64 'SystemDefaultTlsVersions' }
        }
        dotnet32 = [ordered]@{
            schUseStrongCrypto = Read-Fact { Get-RegistryNumber $net32 'SchUseStrongCrypto' }
            systemDefaultTlsVersions = Read-Fact { Get-RegistryNumber $net32 'SystemDefaultTlsVersions' }
        }
    }
    services = [ordered]@{
        VaultSvc = [ordered]@{
            start = Read-Fact { Get-RegistryNumber $vault 'Start' }
            state = Read-Fact { (Get-Instance "SELECT State FROM Win32_Service WHERE Name = 'VaultSvc'").State }
        }
    }
    security = [ordered]@{
        dcom = [ordered]@{
            machineAccessRestriction = Read-Fact { Get-RegistryBinary $ole 'MachineAccessRestriction' }
            machineLaunchRestriction = Read-Fact { Get-RegistryBinary $ole 'MachineLaunchRestriction' }
            defaultLaunchPermission = Read-Fact { Get-RegistryBinary $ole 'DefaultLaunchPermission' }
        }
        fips = Read-Fact { Get-RegistryNumber "$lsa\FIPSAlgorithmPolicy" 'Enabled' }
        restrictSendingNtlm = Read-Fact { Get-RegistryNumber "$lsa\MSV1_0" 'RestrictSendingNTLMTraffic' }
        ieEscAdministrators = Read-Fact { Get-RegistryNumber $ieEsc 'IsInstalled' }
        localAdministrators = Read-FactList {
            foreach ($sid in Get-AdministratorSid) {
                [ordered]@{
                    name = Get-AccountName $sid
                    sid = $sid.Value
                }
            }
        }
    }
    network = [ordered]@{
        machineConfigProxy = [ordered]@{
            enabled = Read-Fact { Get-MachineProxy 'defaultProxy' 'enabled' }
            useSystemDefault = Read-Fact { Get-MachineProxy 'defaultProxy/proxy' 'usesystemdefault' }
            proxyAddress = Read-Fact { Get-ProxyAddress }
            bypassOnLocal = Read-Fact { Get-MachineProxy 'defaultProxy/proxy' 'bypassonlocal' }
            useDefaultCredentials = Read-Fact { Get-MachineProxy 'defaultProxy' 'useDefaultCredentials' }
        }
        timeOffsetMilliseconds = Read-Fact { Get-TimeOffset }
    }
    software = Read-FactList {
        foreach ($program in Get-InstalledProgram) {
            [ordered]@{
                name = $program.label
                version = $program.number
            }
        }
    }
    sync = [ordered]@{
        agentVersion = Read-Fact { Get-FileVersion (Get-SyncAgent) }
        connectVersion = Read-Fact { Get-FileVersion (Get-SyncEngine) }
        agentFipsExempt = Read-Fact { Test-FipsExempt (Get-SyncAgent) }
        engineFipsExempt = Read-Fact { Test-FipsExempt (Get-SyncEngine) }
    }
}

if ($Network) {
    $facts['networkProbes'] = Read-Fact {
        [ordered]@{
            cloud = $Cloud
            rows = Read-FactList {
                foreach ($probe in Get-NetworkProbe) {
                    $certificate = $probe.Certificate
                    # Of the others it says nothing that the outcome does not say.
                    $wanted = $null -ne $certificate -and ($probe.Kind -ne 'address' -or $probe.Outcome -ne 'reached')
                    [ordered]@{
                        kind = $probe.Kind
                        host = $probe.Name
                        port = $probe.Port
                        outcome = $probe.Outcome
                        detail = $probe.Detail
                        proxy = $probe.Proxy
                        tls = $probe.Tls
                        certificate = $(if ($wanted) {
                            [ordered]@{
                                subject = $certificate.Subject
                                issuer = $certificate.Issuer
                                root = $certificate.Root
                                names = $certificate.Names
                                notBefore = ConvertTo-Time $certificate.NotBefore
                                notAfter = ConvertTo-Time $certificate.NotAfter
                                selfSigned = $certificate.SelfSigned
                                trusted = $certificate.Trusted
                            }
                        })
                    }
                }
            }
        }
    }
}

try {
    $target = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
    Save-Facts ((ConvertTo-FactsJson $facts) + "`n") $target
}
catch {
    Write-Error "The facts could not be saved: $($_.Exception.GetBaseException().Message)" -ErrorAction Continue
    exit 1
}

if ($script:unread -gt 0) {
    Write-Host "$($script:unread) values could not be read; the file says why."
}
if ($Network) { Write-Host "Nothing was changed on this server. Connections were tried; no facts were sent." }
else { Write-Host "Nothing was changed on this server, and nothing was sent." }
Write-Host "The facts of $([Environment]::MachineName) are in $target. Now bring this file to Presync: drop it on its window, or put it into the folder that Presync watches."
