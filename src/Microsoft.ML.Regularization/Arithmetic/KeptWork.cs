namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>A <see cref="RangeWork"/> that is done again and again, and allocates nothing.</summary>
/// <param name="range">Elements of a range: as many as pay for another thread.</param>
/// <param name="body">What is done.</param>
internal sealed class KeptWork(int range, RangeBody body) : TeamWork
{
    private int _count;

    /// <param name="count">Elements of the whole.</param>
    public void RunAll(int count)
    {
        _count = count;
        ThreadTeam.Current.Run(this, (count + range - 1) / range);
    }

    public override void Run(int part) => body(part * range, Math.Min(range, _count - part * range));
}
