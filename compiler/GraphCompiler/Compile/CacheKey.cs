using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using GraphCompiler.Runtime;

namespace GraphCompiler.Compile;

/// <summary>The content hash of a compilation: everything that its result depends on.</summary>
internal static class CacheKey
{
    /// <summary>64 hexadecimal digits.</summary>
    public static string Of(string source, KernelTarget target, bool isDebuggable)
    {
        string[] parts = [.. Environment(target), isDebuggable ? "debuggable" : "optimised", source];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }

    /// <summary>The target, and all code that a result depends on, whatever is compiled.</summary>
    public static string[] Environment(KernelTarget target) =>
    [
        // What the compiler does is in its own module; what kernels are compiled against, in the runtime's and the
        // base library's.
        target.ToString(),
        Identity(typeof(CacheKey)),
        Identity(typeof(Worker)),
        Identity(typeof(object)),
        $"abi {ProgramLayout.CurrentAbi}",
        $".NET {System.Environment.Version}",
    ];

    private static string Identity(Type type)
    {
        var version = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return $"{type.Assembly.GetName().Name} {version} {type.Module.ModuleVersionId}";
    }
}
