using System.Runtime.CompilerServices;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>Floats that start on a cache line and never move.</summary>
internal sealed unsafe class AlignedFloats
{
    /// <summary>Floats that <see cref="Align"/> may skip.</summary>
    public const int Slack = Line / sizeof(float);

    private const int Line = 64;

    // On the heap of pinned objects: the collector frees it, and the pointer holds.
    private readonly float[] _memory;

    public AlignedFloats(int length)
    {
        Length = length;
        _memory = GC.AllocateArray<float>(length + Slack, pinned: true);
        Pointer = Align((float*)Unsafe.AsPointer(ref _memory[0]));
    }

    public int Length { get; }

    public float* Pointer { get; }

    public Span<float> Span => new(Pointer, Length);

    /// <summary>The first address from here on where a cache line begins: up to <see cref="Slack"/> floats behind it.</summary>
    public static float* Align(float* memory) => (float*)(((nuint)memory + Line - 1) / Line * Line);

    /// <summary>The memory that is there where it suffices, else a new one.</summary>
    public static AlignedFloats Ensure(ref AlignedFloats? memory, int length) =>
        memory is not null && memory.Length >= length ? memory : memory = new AlignedFloats(length);
}
