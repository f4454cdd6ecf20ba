namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>A <see cref="RangeWork"/> that is done again and again, and allocates nothing.</summary>
/// <param name="range">Elements of a range: as many as pay for another thread.</param>
/// <param name="body">What is done.</param>
internal sealed class KeptWork(int range, RangeBody body) : TeamWork
{
    private int _count;
    private int _range;

    /// <param name="count">Elements of the whole.</param>
    public void RunAll(int count) => RunAll(count, range);

    /// <param name="count">Elements of the whole.</param>
    /// <param name="rangeNow">Elements of a range, this time.</param>
    public void RunAll(int count, int rangeNow)
    {
        (_count, _range) = (count, rangeNow);
        ThreadTeam.Current.Run(this, (count + rangeNow - 1) / rangeNow);
    }

    public override void Run(int part) => body(part * _range, Math.Min(_range, _count - part * _range));
}
