using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Splitting;

/// <summary>Makes views of a source's rows and a boolean column that tells which are held out.</summary>
internal static class HoldOutView
{
    /// <summary>A view in which the rows' ids decide.</summary>
    public static IDataView Create(IHostEnvironment env, IDataView source, Func<DataViewRowId, bool> isHeldOut) =>
        ComputedColumnView.Create(env, source, new HoldOutColumn(isHeldOut));

    /// <summary>A view in which the options decide.</summary>
    public static IDataView Create(IHostEnvironment env, IDataView source, HoldOutOptions options, int seed)
    {
        var draws = new HoldOutDraws(seed);
        var groups = ColumnOf(options.SamplingKeyColumnName);
        return ComputedColumnView.Create(env, source, ColumnOf(options.StratificationOf(source.Schema)) is { } classes
            ? new StratifiedHoldOutColumn(source, classes, groups, options.Fraction, draws)
            : groups is not null
                ? new GroupHoldOutColumn(groups, options.Fraction, draws)
                : new HoldOutColumn(id => draws.OfRow(id) < options.Fraction));

        HashedColumn? ColumnOf(string? name) => name is null ? null : new HashedColumn(source.Schema[name]);
    }

    /// <summary>Whether a view marks rows, rather than one before it.</summary>
    public static bool Is(IDataView view) => view is ComputedColumnView { Column.Name: HeldOutMark.ColumnName };
}
