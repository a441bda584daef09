using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GraphCompiler.Tests.Host;

/// <summary>
/// A debugger of one breakpoint: the runtime's own debugging engine (<c>libmscordbi</c>, which all debuggers for .NET use),
/// attached to another process. It stops in a module without a file, says where, and steps.
/// </summary>
/// <remarks>
/// The engine speaks COM, which is called here by the slots of its tables (cordebug.idl). Callbacks come on a thread of
/// the engine; the process stands still until one of them continues it.
/// </remarks>
internal sealed unsafe class ManagedDebugger : IDisposable
{
    private const int Version = 4;
    private const int ProcessAttach = 1;

    private static readonly Guid CallbackId = new("3D6F5F60-7538-11D3-8D5B-00104B35E7EF");
    private static readonly Guid Callback2Id = new("250E5EEA-DB5C-4C76-B6F3-8C46F12E3203");
    private static readonly Guid UnknownId = new("00000000-0000-0000-C000-000000000046");
    private static readonly Guid ILFrameId = new("03E26311-4F76-11D3-88C6-006097945418");

    // Callbacks have no state but this; one debugger at a time.
    private static ManagedDebugger? _current;

    private readonly BlockingCollection<(int Token, int Offset)> _stops = [];
    private readonly TaskCompletionSource _isSet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _token;
    private readonly int _offset;
    private readonly int _steps;
    private nint _engine;
    private int _count;

    private ManagedDebugger(int token, int offset, int steps) => (_token, _offset, _steps) = (token, offset, steps);

    /// <summary>What a process does that is asked for a debugger: says when the breakpoint is set, and where it stopped.</summary>
    public static void Run(int pid, int token, int offset, int steps)
    {
        using var debugger = Attach(pid, token, offset, steps);
        debugger._isSet.Task.Wait();
        Console.WriteLine("set");
        foreach (var stop in debugger._stops.GetConsumingEnumerable())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stop.Token} {stop.Offset}"));
        }
    }

    /// <summary>Attaches, and sets a breakpoint in the one module without a file.</summary>
    /// <param name="pid">The process; it has loaded the module.</param>
    /// <param name="token">Metadata token of a method.</param>
    /// <param name="offset">In its IL.</param>
    /// <param name="steps">How often to step on when it stops there.</param>
    private static ManagedDebugger Attach(int pid, int token, int offset, int steps)
    {
        var debugger = _current = new ManagedDebugger(token, offset, steps);
        var library = NativeLibrary.Load(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libmscordbi.so"));
        ((delegate* unmanaged<nint, int, nint, int>)NativeLibrary.GetExport(library, "DllMain"))(library, ProcessAttach, 0);
        var create = (delegate* unmanaged<int, int, nint, nint, nint, nint*, int>)NativeLibrary.GetExport(library, "CoreCLRCreateCordbObject3");
        nint engine, process;
        Check(create(Version, pid, 0, 0, RuntimeOf(pid), &engine));
        debugger._engine = engine;
        Check(((delegate* unmanaged<nint, int>)Slot(engine, 3))(engine)); // Initialize
        Check(((delegate* unmanaged<nint, nint, int>)Slot(engine, 5))(engine, Callbacks())); // SetManagedHandler
        Check(((delegate* unmanaged<nint, int, int, nint*, int>)Slot(engine, 8))(engine, pid, 0, &process)); // DebugActiveProcess
        return debugger;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _engine, 0) is not 0 and var engine)
        {
            ((delegate* unmanaged<nint, int>)Slot(engine, 4))(engine); // Terminate
        }
    }

    // Where the runtime begins in the other process.
    private static nint RuntimeOf(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/maps").First(static l => l.EndsWith("/libcoreclr.so", StringComparison.Ordinal));
        return nint.Parse(line.AsSpan(0, line.IndexOf('-')), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    // An object with two tables: of ICorDebugManagedCallback and of ICorDebugManagedCallback2.
    private static nint Callbacks()
    {
        nint* first = Table(29), second = Table(11);
        first[3] = (nint)(delegate* unmanaged<nint, nint, nint, nint, int>)&OnBreakpoint;
        first[4] = (nint)(delegate* unmanaged<nint, nint, nint, nint, int>)&OnStep;
        first[10] = (nint)(delegate* unmanaged<nint, nint, int>)&OnExit;
        first[13] = (nint)(delegate* unmanaged<nint, nint, nint, int>)&OnModule;
        var self = (nint**)NativeMemory.Alloc(2, (nuint)sizeof(nint));
        self[0] = first;
        self[1] = second;
        return (nint)self;

        static nint* Table(int slots)
        {
            var table = (nint*)NativeMemory.Alloc((nuint)slots, (nuint)sizeof(nint));
            table[0] = (nint)(delegate* unmanaged<nint, Guid*, nint*, int>)&QueryInterface;
            table[1] = table[2] = (nint)(delegate* unmanaged<nint, uint>)&Count;
            for (var i = 3; i < slots; i++)
            {
                table[i] = (nint)(delegate* unmanaged<nint, nint, int>)&OnOther;
            }

            return table;
        }
    }

    [UnmanagedCallersOnly]
    private static int QueryInterface(nint self, Guid* id, nint* result)
    {
        const int NoInterface = unchecked((int)0x80004002);
        *result = *id == CallbackId || *id == UnknownId ? self : *id == Callback2Id ? self + sizeof(nint) : 0;
        return *result == 0 ? NoInterface : 0;
    }

    // Lives as long as the process.
    [UnmanagedCallersOnly]
    private static uint Count(nint self) => 1;

    [UnmanagedCallersOnly]
    private static int OnOther(nint self, nint controller) => Continue(controller);

    [UnmanagedCallersOnly]
    private static int OnExit(nint self, nint process)
    {
        _current!._stops.CompleteAdding();
        return Continue(process);
    }

    [UnmanagedCallersOnly]
    private static int OnModule(nint self, nint domain, nint module)
    {
        int isInMemory;
        if (((delegate* unmanaged<nint, int*, int>)Slot(module, 19))(module, &isInMemory) == 0 && isInMemory != 0)
        {
            _current!.Break(module);
        }

        return Continue(domain);
    }

    private void Break(nint module)
    {
        try
        {
            nint function, code, breakpoint;
            Check(((delegate* unmanaged<nint, int, nint*, int>)Slot(module, 9))(module, _token, &function)); // GetFunctionFromToken
            Check(((delegate* unmanaged<nint, nint*, int>)Slot(function, 6))(function, &code)); // GetILCode
            Check(((delegate* unmanaged<nint, int, nint*, int>)Slot(code, 7))(code, _offset, &breakpoint)); // CreateBreakpoint
            Check(((delegate* unmanaged<nint, int, int>)Slot(breakpoint, 3))(breakpoint, 1)); // Activate
            _isSet.TrySetResult();
        }
        catch (InvalidOperationException e)
        {
            _isSet.TrySetException(e);
        }
    }

    [UnmanagedCallersOnly]
    private static int OnBreakpoint(nint self, nint domain, nint thread, nint breakpoint) => _current!.Stop(domain, thread);

    [UnmanagedCallersOnly]
    private static int OnStep(nint self, nint domain, nint thread, nint stepper) => _current!.Stop(domain, thread);

    private int Stop(nint domain, nint thread)
    {
        _count++;
        nint frame, ilFrame, stepper;
        int token, offset, mapping;
        var id = ILFrameId;
        Check(((delegate* unmanaged<nint, nint*, int>)Slot(thread, 15))(thread, &frame)); // GetActiveFrame
        Check(((delegate* unmanaged<nint, int*, int>)Slot(frame, 6))(frame, &token)); // GetFunctionToken
        Check(((delegate* unmanaged<nint, Guid*, nint*, int>)Slot(frame, 0))(frame, &id, &ilFrame));
        Check(((delegate* unmanaged<nint, int*, int*, int>)Slot(ilFrame, 11))(ilFrame, &offset, &mapping)); // GetIP
        _stops.Add((token, offset));
        if (_count <= _steps)
        {
            Check(((delegate* unmanaged<nint, nint*, int>)Slot(thread, 12))(thread, &stepper)); // CreateStepper
            Check(((delegate* unmanaged<nint, int, int>)Slot(stepper, 7))(stepper, 0)); // Step over one instruction
        }

        return Continue(domain);
    }

    private static int Continue(nint controller) => ((delegate* unmanaged<nint, int, int>)Slot(controller, 4))(controller, 0);

    private static nint Slot(nint self, int slot) => (*(nint**)self)[slot];

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new InvalidOperationException($"the debugging engine refuses: 0x{result:x8}");
        }
    }
}
