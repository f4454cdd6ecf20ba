using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// Until it is disposed, libtorch computes for the thread that made it with so many threads, whatever else the process does. Others keep their own number.
/// </summary>
internal readonly struct TorchThreads : IDisposable
{
    // What the thread computed with before the first of these that are not disposed; 0 where there is none.
    [ThreadStatic]
    private static int t_usual;

    private readonly bool _isHeld;
    private readonly bool _isOutermost;
    private readonly int _threads;
    private readonly int _matrixThreads;
    private readonly int _spinning;

    private TorchThreads(int count)
    {
        // A thread that is new to libtorch takes the process's number at its first call, so this one goes first.
        _threads = get_num_threads();
        _isHeld = OpenMp.IsThere;
        if (!_isHeld)
            return;

        _isOutermost = t_usual == 0;
        if (_isOutermost)
            t_usual = _threads;
        OpenMp.SetThreads(count);
        _matrixThreads = OpenMp.SetMatrixThreads(count);
        _spinning = OpenMp.SetSpinning(0);
    }

    /// <summary>With how many threads libtorch computes for the calling one where none of these is held.</summary>
    public static int Usual => t_usual > 0 ? t_usual : get_num_threads();

    /// <summary>If the number cannot be set for a single thread, libtorch keeps its own.</summary>
    public static TorchThreads Hold(int count) => new(count);

    public void Dispose()
    {
        if (!_isHeld)
            return;

        OpenMp.SetThreads(_threads);
        _ = OpenMp.SetMatrixThreads(_matrixThreads);
        _ = OpenMp.SetSpinning(_spinning);
        if (_isOutermost)
            t_usual = 0;
    }
}
