using System.Runtime.InteropServices;

namespace GraphCompiler.Compile;

/// <summary>
/// Whether a path belongs to the user that this process runs as; Unix only, where the library does not say.
/// </summary>
internal static unsafe partial class PosixOwner
{
    // statx(2): the one stat whose layout is the same on all processors.
    private const int CurrentDirectory = -100;
    private const uint WantsOwner = 0x8;
    private const int OwnerOffset = 20;
    private const int BufferLength = 256;

    /// <summary>True when it certainly does.</summary>
    public static bool IsCurrentUser(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                var status = stackalloc byte[BufferLength];
                return Status(CurrentDirectory, path, 0, WantsOwner, status) == 0
                    && (*(uint*)status & WantsOwner) != 0
                    && *(uint*)(status + OwnerOffset) == EffectiveUser();
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                // An old C library; as on other systems then.
            }
        }

        return MayChangeMode(path);
    }

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

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int directory, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
