using System.Runtime.Intrinsics.X86;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// Intel's Math Kernel Library, which comes with libtorch: while training, large products are its own on Intel's processors, where it is the faster for them.
/// Each call computes on the thread that makes it, and the process's number of threads stays what it is.
/// </summary>
/// <param name="leastMultiplications">See <see cref="IMatrixLibrary.LeastMultiplications"/>.</param>
internal sealed unsafe class MklProducts(long leastMultiplications) : IMatrixLibrary
{
    /// <summary>The switch of <see cref="AppContext"/> by which MKL multiplies on any processor (true) or never (false).</summary>
    public const string Switch = "Microsoft.ML.Regularization.UseMkl";

    /// <summary>Multiplications of products that go there: by what was measured, which is 1024 x 1024 x 1024 on two cores.</summary>
    public const long Large = 1 << 28;

    // Its parts are too few for more.
    private const int MostProcessors = 4;

    private static readonly delegate* unmanaged[Cdecl]<
        byte*, byte*, int*, int*, int*, float*, float*, int*, float*, int*, float*, float*, int*, void> Sgemm =
        (delegate* unmanaged[Cdecl]<byte*, byte*, int*, int*, int*, float*, float*, int*, float*, int*, float*, float*, int*, void>)OpenMp.Export("sgemm_");

    private static readonly MklProducts OfLarge = new(Large);

    /// <summary>Whether libtorch has it. Others have a function of the same name, but not its number of threads.</summary>
    public static bool IsThere => Sgemm is not null && OpenMp.HasMatrixThreads;

    /// <summary>What large products of a training step go to; null where the library's own are the faster, or the program wants them.</summary>
    public static MklProducts? OfTraining() =>
        (AppContext.TryGetSwitch(Switch, out var isWanted) ? isWanted : IsFaster) && IsThere ? OfLarge : null;

    public long LeastMultiplications => leastMultiplications;

    // By the processor alone, never by a clock: the same machine gives the same bits.
    private static bool IsFaster { get; } = MatrixTile.IsWide && IsOfIntel() && Environment.ProcessorCount <= MostProcessors;

    public void Multiply(Matrix left, Matrix right, Matrix result, bool isSum)
    {
        // It reads columns: what it multiplies are the transposes, the right one first.
        var (first, firstStride) = Read(right);
        var (second, secondStride) = Read(left);
        var (rows, columns, depth, stride) = (result.Columns, result.Rows, left.Columns, (int)result.RowStride);
        var (factor, before) = (1f, isSum ? 1f : 0f);
        var threads = OpenMp.SetMatrixThreads(1);
        Sgemm(
            &first, &second, &rows, &columns, &depth, &factor, right.At(0, 0), &firstStride, left.At(0, 0), &secondStride, &before, result.At(0, 0), &stride);
        _ = OpenMp.SetMatrixThreads(threads);
    }

    // "N" and "T" for not transposed and transposed.
    private static (byte Order, int Stride) Read(Matrix factor) =>
        factor.ColumnStride == 1 && factor.RowStride >= factor.Columns ? ((byte)'N', (int)factor.RowStride) : ((byte)'T', (int)factor.ColumnStride);

    // "GenuineIntel", four letters in each of three registers.
    private static bool IsOfIntel() =>
        X86Base.IsSupported && X86Base.CpuId(0, 0) is { Ebx: 0x756E6547, Edx: 0x49656E69, Ecx: 0x6C65746E };
}
