using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization.Tests.Arithmetic;

/// <summary>Floats behind which, or before which, memory cannot be touched: who reads or writes beyond them ends the process. On Linux.</summary>
internal sealed unsafe partial class GuardedFloats : IDisposable
{
    private const int Page = 1 << 16;
    private const int NoAccess = 0;
    private const int ReadAndWrite = 3;
    private const int PrivateAndAnonymous = 0x22;

    private readonly byte* _memory;
    private readonly nuint _bytes;

    /// <param name="values">What they are.</param>
    /// <param name="isGuardBehind">Whether memory ends behind them; else it begins with them.</param>
    public GuardedFloats(ReadOnlySpan<float> values, bool isGuardBehind = true)
    {
        Length = values.Length;
        var used = (nuint)((values.Length * sizeof(float) + Page - 1) / Page * Page);
        _bytes = used + 2 * Page;
        _memory = (byte*)Map(0, _bytes, ReadAndWrite, PrivateAndAnonymous, -1, 0);
        if (_memory == (byte*)-1 || Protect(_memory, Page, NoAccess) != 0 || Protect(_memory + Page + used, Page, NoAccess) != 0)
            throw new InvalidOperationException($"Memory cannot be guarded: error {Marshal.GetLastPInvokeError()}.");
        Pointer = (float*)(isGuardBehind ? _memory + Page + used - (nuint)values.Length * sizeof(float) : _memory + Page);
        values.CopyTo(Span);
    }

    public int Length { get; }

    public float* Pointer { get; }

    public Span<float> Span => new(Pointer, Length);

    public void Dispose() => _ = Unmap(_memory, _bytes);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(byte* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(byte* address, nuint length);
}
