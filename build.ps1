#!/usr/bin/env pwsh
# Restores, builds, checks the format, tests, measures, packs. Each step is one dotnet command that works alone as well.
param(
    [ValidateSet('all', 'restore', 'build', 'format', 'test', 'bench', 'pack')] [string] $Step = 'all'
)

$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

function Invoke-Step([string] $Name, [string[]] $Arguments) {
    if ($Step -notin 'all', $Name) { return }
    Write-Host "dotnet $Arguments"
    dotnet @Arguments
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

Invoke-Step restore @('restore')
Invoke-Step build @('build', '-c', 'Release')
Invoke-Step format @('format', '--verify-no-changes', '--no-restore')
Invoke-Step test @('test', '-c', 'Release')
if (Test-Path tests/GraphCompiler.Benchmarks) {
    Invoke-Step bench @('run', '-c', 'Release', '--project', 'tests/GraphCompiler.Benchmarks')
}
Invoke-Step pack @('pack', '-c', 'Release', '-o', 'artifacts/packages')
