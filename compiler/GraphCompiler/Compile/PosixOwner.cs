using System.Runtime.InteropServices;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Compile;

/// <summary>
/// Whether a path belongs to the user that this process runs as; Unix only, where the library does not say.
/// </summary>
internal static partial class PosixOwner
{
    /// <summary>True when it certainly does.</summary>
    public static bool IsCurrentUser(string path) =>
        PosixStatus.TryRead(path, out var status) ? status.Owner == EffectiveUser() : MayChangeMode(path);

    // Only the owner may set a mode, if only to what it is; the administrator may too, so there it says nothing.
    private static bool MayChangeMode(string path)
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            return false;
        }

        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
