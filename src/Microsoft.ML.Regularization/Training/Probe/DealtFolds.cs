using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Splitting;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Rows that are dealt to folds, with the head that the rows of the other folds give, and each row's outputs by the head that has not seen it.</summary>
internal sealed class DealtFolds
{
    private readonly HeadFit _fit;
    private readonly List<Fold> _folds = [];

    /// <param name="table">The rows' features and targets.</param>
    /// <param name="strata">Of each row its class, of which each fold has its share.</param>
    /// <param name="fit">Fits heads.</param>
    /// <param name="folds">How many, at least 2 and at most as many as there are rows.</param>
    /// <param name="key">Deals the rows.</param>
    public DealtFolds(RowTable table, int[] strata, HeadFit fit, int folds, RandomKey key)
    {
        _fit = fit;
        DataViewRowId[] ids = [.. Enumerable.Range(0, table.Count).Select(row => new DataViewRowId((ulong)row, 0))];
        var dealt = new FoldAssignment(folds, key).Deal(ids, strata, []);
        for (var fold = 0; fold < folds; fold++)
        {
            int[] own = [.. dealt.Index().Where(row => row.Item == fold).Select(row => row.Index)];
            var others = fit.Rows(table, [.. dealt.Index().Where(row => row.Item != fold).Select(row => row.Index)]);
            _folds.Add(new Fold(own, fit.Rows(table, own), others) { Head = new double[others.Numbers] });
        }

        Outputs = new float[table.Count * fit.Outputs];
    }

    public delegate void RowAction(int row, ReadOnlySpan<float> outputs, ReadOnlySpan<float> target);

    /// <summary>Of each row, by the head that has not seen it.</summary>
    public float[] Outputs { get; }

    /// <summary>Fits the heads with a penalty, from those that they are.</summary>
    public void Fit(double penalty)
    {
        var size = _fit.Outputs;
        foreach (var fold in _folds)
        {
            fold.Head = _fit.Minimize(fold.Others, penalty, fold.Head);
            var outputs = fold.Own.Outputs(fold.Head);
            foreach (var (place, row) in fold.Places.Index())
                outputs.Slice(place * size, size).CopyTo(Outputs.AsSpan(row * size));
        }
    }

    /// <summary>Visits the rows with their outputs and encoded targets.</summary>
    public void ForEach(RowAction action)
    {
        var size = _fit.Outputs;
        foreach (var fold in _folds)
        {
            foreach (var (place, row) in fold.Places.Index())
                action(row, Outputs.AsSpan(row * size, size), fold.Own.Target(place));
        }
    }

    private sealed record Fold(int[] Places, HeadRows Own, HeadRows Others)
    {
        public required double[] Head { get; set; }
    }
}
