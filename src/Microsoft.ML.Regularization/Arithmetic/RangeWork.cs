namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>What is done element by element, a range at a time.</summary>
/// <param name="start">The first element.</param>
/// <param name="length">How many.</param>
internal delegate void RangeBody(int start, int length);

/// <summary>Element by element over a whole, in ranges that are the same for any number of threads.</summary>
internal sealed class RangeWork : TeamWork
{
    private readonly int _count;
    private readonly int _range;
    private readonly RangeBody _body;

    private RangeWork(int count, int range, RangeBody body)
    {
        _count = count;
        _range = range;
        _body = body;
    }

    /// <param name="count">Elements.</param>
    /// <param name="range">Elements of a range: as many as pay for another thread.</param>
    /// <param name="body">What is done.</param>
    public static void Run(int count, int range, RangeBody body)
    {
        if (count <= range)
            body(0, count);
        else
            ThreadTeam.Current.Run(new RangeWork(count, range, body), (count + range - 1) / range);
    }

    public override void Run(int part) => _body(part * _range, Math.Min(_range, _count - part * _range));
}
