using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>A view that can be read at any row, whose rows differ from pass to pass.</summary>
internal interface IPassSeekable : IRowSeekable
{
    /// <param name="predicate">Which columns are needed.</param>
    /// <param name="rand">Makes a pass of its own; null repeats the one that all cursors without it give.</param>
    RowSeeker GetSeeker(Func<int, bool> predicate, Random? rand);

    /// <summary>A seeker over a view that may have passes.</summary>
    static RowSeeker GetSeeker(IRowSeekable seekable, Func<int, bool> predicate, Random? rand) =>
        seekable is IPassSeekable passes ? passes.GetSeeker(predicate, rand) : seekable.GetSeeker(predicate);
}
