using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// The C library's allocator, of which libtorch asks the memory of tensors, where that library is glibc. By itself it gives large blocks back to the system
/// as soon as they are freed, and the next tensor has to fault its pages in again, one by one.
/// </summary>
internal static partial class GlibcAllocator
{
    private const string Library = "libc.so.6";

    // Names and numbers are those of malloc.h.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapThreshold = -3;
    private const int MmapMax = -4;

    private const int Megabyte = 1 << 20;

    // Arenas other than the main one are made of pieces of this size, of which glibc keeps one that is free only if the pad is as large.
    private const int ArenaPiece = 64 * Megabyte;

    private const int UsualPad = 128 << 10;
    private const int UsualMmapMax = 65_536;

    // glibc raises both thresholds to what a program frees, up to here, until somebody sets one of them; then never again. Their first values, of 128 KiB,
    // would leave a program with less than glibc itself gives one that has freed tensors.
    private const int LargestMmapThreshold = 32 * Megabyte;
    private const int LargestTrimThreshold = 2 * LargestMmapThreshold;

    // Searching all of a process's memory for what is free takes half a second in a large one.
    private const long MostToSearch = 2L << 30;

    // Blocks that may be free among what a process has, before one has to be mapped.
    private const int Tries = 16;

    private static readonly string[] Variables = ["MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_", "MALLOC_MMAP_THRESHOLD_", "MALLOC_MMAP_MAX_"];

    // Whether its thresholds are those that the last fit left.
    private static bool _isLeftByUs;
    private static bool _isLarge;

    /// <summary>Whether there is such an allocator, in use, and not set up by environment variables.</summary>
    public static bool IsThere { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess && !IsSetUpByVariables && IsInUse();

    private static bool IsSetUpByVariables =>
        Variables.Any(name => Environment.GetEnvironmentVariable(name) is not null)
        || Environment.GetEnvironmentVariable("GLIBC_TUNABLES")?.Contains("glibc.malloc.", StringComparison.Ordinal) == true;

    /// <summary>Keeps what is freed for what is allocated next; false where the program has set the allocator up, which is then left as it is.</summary>
    public static bool TryKeepFreed()
    {
        if (!IsThere || IsSetUp())
            return false;

        _isLeftByUs = true;
        _isLarge = Environment.WorkingSet >= MostToSearch;

        // Minus one switches trimming off.
        _ = SetOption(TrimThreshold, -1);
        _ = SetOption(TopPad, ArenaPiece);
        _ = SetOption(MmapMax, 0);
        return true;
    }

    /// <summary>Gives freed memory back as by default, what is free now at once.</summary>
    public static unsafe void GiveFreedBack()
    {
        // The end of an arena that is not the main one goes back only by a free of its own thread, of a large block, while nothing is to be kept.
        _ = SetOption(TrimThreshold, 0);
        _ = SetOption(TopPad, 0);
        NativeMemory.Free(NativeMemory.Alloc(Megabyte));
        _ = SetOption(TrimThreshold, LargestTrimThreshold);
        _ = SetOption(TopPad, UsualPad);
        _ = SetOption(MmapThreshold, LargestMmapThreshold);
        _ = SetOption(MmapMax, UsualMmapMax);
        if (!_isLarge)
            _ = Trim(0);
    }

    // glibc cannot be asked what it was told, but blocks show it: a freed one that had been mapped alone raises the threshold to its size, up to the largest,
    // unless somebody has set one. Blocks of the lesser size come first and use up what is free, so that the first one of the greater size tells.
    private static bool IsSetUp()
    {
        const int Below = LargestMmapThreshold - Megabyte;
        var blocks = new Stack<nint>();
        try
        {
            var isMapped = IsMappedAlone(Below, blocks);
            if (!IsMappedAlone(LargestMmapThreshold + Megabyte, blocks))
                return true;
            if (!isMapped || _isLeftByUs)
                return isMapped;
        }
        finally
        {
            Free(blocks);
        }

        return IsMappedAlone(Below - Megabyte);
    }

    /// <summary>Whether a block of so many bytes is one that is mapped alone.</summary>
    internal static bool IsMappedAlone(long size)
    {
        var blocks = new Stack<nint>();
        var isMapped = IsMappedAlone(size, blocks);
        Free(blocks);
        return isMapped;
    }

    /// <summary>
    /// Whether a block is mapped alone, which the second bit of the size in front of it tells. Memory that is free is taken before anything is mapped, so
    /// several are asked for; they are not written to and cost nothing.
    /// </summary>
    private static unsafe bool IsMappedAlone(long size, Stack<nint> blocks)
    {
        for (var i = 0; i < Tries; i++)
        {
            var block = (nuint*)NativeMemory.Alloc((nuint)size);
            blocks.Push((nint)block);
            if ((block[-1] & 2) != 0)
                return true;
        }

        return false;
    }

    private static unsafe void Free(Stack<nint> blocks)
    {
        while (blocks.TryPop(out var block))
            NativeMemory.Free((void*)block);
    }

    // A program may bring another allocator, whose blocks the C library's knows nothing of.
    private static bool IsInUse()
    {
        if (!NativeLibrary.TryLoad(Library, out var library))
            return false;

        try
        {
            return NativeLibrary.TryGetExport(library, "mallopt", out _)
                && NativeLibrary.TryGetExport(library, "malloc_trim", out _)
                && NativeLibrary.TryGetExport(library, "malloc", out var own)
                && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "malloc", out var used)
                && own == used;
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }

    [LibraryImport(Library, EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport(Library, EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
