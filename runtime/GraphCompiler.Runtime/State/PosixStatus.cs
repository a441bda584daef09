using System.Runtime.InteropServices;

namespace GraphCompiler.Runtime.State;

/// <summary>What Linux knows of a path and the library does not tell: whose it is, and what kind of thing.</summary>
/// <param name="Owner">A user's number.</param>
/// <param name="Mode">Kind and permissions.</param>
internal readonly unsafe partial record struct PosixStatus(uint Owner, ushort Mode)
{
    // statx(2): the one stat whose layout is the same on all processors.
    private const int CurrentDirectory = -100;
    private const uint WantsKind = 0x1;
    private const uint WantsOwner = 0x8;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;
    private const int BufferLength = 256;

    private const int Kind = 0xF000;
    private const int File = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>True for a file on a disk.</summary>
    public bool IsFile => (Mode & Kind) == File;

    /// <summary>True for a folder.</summary>
    public bool IsFolder => (Mode & Kind) == Folder;

    /// <summary>Reads it; of a link, that of what it points at. False where nothing is, or where the system does not say.</summary>
    public static bool TryRead(string path, out PosixStatus status)
    {
        status = default;
        if (OperatingSystem.IsLinux())
        {
            try
            {
                const uint Wanted = WantsKind | WantsOwner;
                var buffer = stackalloc byte[BufferLength];
                if (Status(CurrentDirectory, path, 0, Wanted, buffer) == 0 && (*(uint*)buffer & Wanted) == Wanted)
                {
                    status = new PosixStatus(*(uint*)(buffer + OwnerOffset), *(ushort*)(buffer + ModeOffset));
                    return true;
                }
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                // An old C library; as on other systems then.
            }
        }

        return false;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int directory, string path, int flags, uint mask, byte* status);
}
