using System.Diagnostics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// Functions of the libraries below libtorch whose settings count for the calling thread alone. libtorch's own <c>set_num_threads</c> is the whole process's:
/// whatever thread calls libtorch for the first time copies the number of the moment.
/// </summary>
internal static unsafe class OpenMp
{
    private static readonly nint Library = Find();
    private static readonly delegate* unmanaged[Cdecl]<int, void> SetNumThreads = (delegate* unmanaged[Cdecl]<int, void>)Export("omp_set_num_threads");
    private static readonly delegate* unmanaged[Cdecl]<int> GetNumProcs = (delegate* unmanaged[Cdecl]<int>)Export("omp_get_num_procs");
    private static readonly delegate* unmanaged[Cdecl]<int, int> SetMklThreads = (delegate* unmanaged[Cdecl]<int, int>)Export("MKL_Set_Num_Threads_Local");
    private static readonly delegate* unmanaged[Cdecl]<int> GetBlockTime = (delegate* unmanaged[Cdecl]<int>)Export("kmp_get_blocktime");
    private static readonly delegate* unmanaged[Cdecl]<int, void> SetBlockTime = (delegate* unmanaged[Cdecl]<int, void>)Export("kmp_set_blocktime");
    private static readonly delegate* unmanaged[Cdecl]<nint, nint, uint, uint, void> Parallel =
        (delegate* unmanaged[Cdecl]<nint, nint, uint, uint, void>)Export("GOMP_parallel");

    /// <summary>Whether the number of threads can be set for a single one.</summary>
    public static bool IsThere => SetNumThreads is not null;

    /// <summary>Whether it is GNU's, whose waiting threads spin for milliseconds unless there are more of them than processors.</summary>
    public static bool IsGnu => IsThere && SetBlockTime is null && Parallel is not null && GetNumProcs is not null;

    /// <summary>Whether the number of threads of libtorch's matrix library can be set for a single one.</summary>
    public static bool HasMatrixThreads => SetMklThreads is not null;

    public static int Processors => GetNumProcs();

    /// <summary>Sets with how many threads libtorch computes for the calling one.</summary>
    public static void SetThreads(int count) => SetNumThreads(count);

    /// <summary>Sets the same for libtorch's matrix library; returns what it was, where 0 stands for the process's.</summary>
    public static int SetMatrixThreads(int count) => SetMklThreads is null ? 0 : SetMklThreads(count);

    /// <summary>Sets for how many milliseconds waiting threads spin, where that can be set; returns what it was.</summary>
    public static int SetSpinning(int milliseconds)
    {
        if (SetBlockTime is null || GetBlockTime is null)
            return 0;

        var before = GetBlockTime();
        SetBlockTime(milliseconds);
        return before;
    }

    /// <summary>Makes as many threads, the calling one among them, which sleep from then on, until this one ends.</summary>
    public static void MakeSleepingTeam(int size)
    {
        // Each thread of the team calls free(null), which does nothing.
        var nothing = NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "free");
        Parallel(nothing, 0, (uint)size, 0);
    }

    /// <summary>The address of a function; 0 where there is none of that name.</summary>
    public static nint Export(string name) => Library != 0 && NativeLibrary.TryGetExport(Library, name, out var address) ? address : 0;

    // On Linux libtorch finds them among the libraries that it depends on, by whatever name they come.
    private static nint Find()
    {
        _ = get_num_threads();
        var name = OperatingSystem.IsWindows() ? "libiomp5md.dll" : OperatingSystem.IsMacOS() ? "libomp.dylib" : "libtorch_cpu.so";
        using var process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            if (string.Equals(module.ModuleName, name, StringComparison.OrdinalIgnoreCase) && NativeLibrary.TryLoad(module.FileName, out var library))
                return library;
        }

        return 0;
    }
}
