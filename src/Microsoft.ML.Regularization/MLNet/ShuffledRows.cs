using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A source's rows in random order, in constant memory.</summary>
internal static class ShuffledRows
{
    /// <param name="env">The environment.</param>
    /// <param name="source">The rows.</param>
    /// <param name="poolRows">Rows in memory among which a source that cannot be shuffled otherwise is shuffled.</param>
    /// <param name="columns">Names of the columns to read.</param>
    /// <param name="random">Draws the order.</param>
    public static DataViewRowCursor Open(IHostEnvironment env, IDataView source, int poolRows, IEnumerable<string> columns, Random random)
    {
        IDataView shuffled = new RowShufflingTransformer(env, new RowShufflingTransformer.Options { PoolRows = poolRows }, source);
        return shuffled.GetRowCursor(columns.Select(name => shuffled.Schema[name]), random);
    }
}
