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

A value the server does not have is null; one that could not be read carries the error. The form of the file is
described in server-facts.schema.json.

.PARAMETER Path
The file to write; COMPUTERNAME.json in the current folder if left out. A facts file of that name is replaced, any
other file is left alone.

.EXAMPLE
powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\Get-PresyncServerFacts.ps1

Writes SYNC01.json into the current folder. -ExecutionPolicy Bypass holds for this one call and stores nothing.

.EXAMPLE
.\Get-PresyncServerFacts.ps1 -Path \\files01\presync\SYNC01.json

Writes into a folder that Presync watches.
#>
[CmdletBinding()]
param (
    [Parameter(Position = 0)]
    [string] $Path = "$env:COMPUTERNAME.json"
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
Write-Host "Nothing was changed on this server, and nothing was sent."
Write-Host "The facts of $([Environment]::MachineName) are in $target. Now bring this file to Presync: drop it on its window, or put it into the folder that Presync watches."
