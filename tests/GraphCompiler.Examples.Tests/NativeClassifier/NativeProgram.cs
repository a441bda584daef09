using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GraphCompiler.Examples.Tests.NativeClassifier;

/// <summary>The example as a program of machine code, in a folder of its own.</summary>
internal sealed class NativeProgram : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="instructionSet">What it may use, as <c>IlcInstructionSet</c> says it; empty: what every x64 processor has.</param>
    public NativeProgram(string instructionSet)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            Assert.Ignore("publishing to machine code is tested on Linux, x64");
        }

        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static path => System.IO.File.Exists(Path.Combine(path, "gcc"))))
        {
            Assert.Ignore("gcc is missing: it links programs of machine code");
        }

        string[] arguments =
        [
            "publish", DigitPrograms.Folder, "-c", "Release", "-r", "linux-x64", "-v", "q", "-nodeReuse:false", "-p:CppCompilerAndLinker=gcc",
            $"-p:IlcInstructionSet={instructionSet.Replace(",", "%2C", StringComparison.Ordinal)}", $"-p:ArtifactsPath={_folder.File("artifacts")}",
            "-o", _folder.File("out"),
        ];
        var (code, output) = Start("dotnet", arguments);
        if (code != 0 && (output.Contains("error NU1101", StringComparison.Ordinal) || output.Contains("error NU1102", StringComparison.Ordinal) || output.Contains("error NU1301", StringComparison.Ordinal)))
        {
            _folder.Dispose();
            Assert.Ignore($"a package is missing, Microsoft.DotNet.ILCompiler of .NET 9 or its like: {output}");
        }

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Not.Contain("warning"), "from the code down to machine code");
    }

    public string Binary => Path.Combine(_folder.File("out"), "NativeClassifier");

    public string File(string name) => _folder.File(name);

    public string Image(int digit) => Path.Combine(_folder.File("out"), "images", $"{digit}.pgm");

    /// <summary>Exit code and what is printed, to either stream.</summary>
    public (int Code, string Output) Run(params string[] arguments) => Start(Binary, arguments);

    public void Dispose() => _folder.Dispose();

    private static (int Code, string Output) Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
