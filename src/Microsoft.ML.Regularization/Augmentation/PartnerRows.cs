using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// Where a mixing view finds partners for its rows, in constant memory: uniformly at random in a source that can be read at any row, else
/// from a second cursor over the source in shuffled order. Rows that are held out are never partners.
/// </summary>
internal abstract class PartnerRows : IDisposable
{
    /// <summary>Rows in memory among which a source that cannot be shuffled otherwise is shuffled.</summary>
    public const int PoolRows = 1000;

    private readonly HeldOutMark _mark;

    private PartnerRows(DataViewRow row)
    {
        Row = row;
        _mark = new HeldOutMark(row);
    }

    /// <summary>The row that the partner stands on.</summary>
    public DataViewRow Row { get; }

    /// <summary>Moves to the next partner. <paramref name="random"/> belongs to the row that is to be mixed.</summary>
    public abstract bool TryMove(ref KeyedStream random);

    public void Dispose() => Row.Dispose();

    /// <param name="env">The environment.</param>
    /// <param name="source">The view to find partners in.</param>
    /// <param name="columns">Names of the columns to read of a partner.</param>
    /// <param name="key">Names this pass over the data.</param>
    public static PartnerRows Open(IHostEnvironment env, IDataView source, ICollection<string> columns, RandomKey key)
    {
        if (SeekableRow.Open(source, columns.Select(name => source.Schema[name])) is { } row)
        {
            if (source.GetRowCount() is null)
            {
                // A cache that is still being filled does not know its rows; a move beyond the last one waits for them.
                row.MoveTo(long.MaxValue);
            }

            if (source.GetRowCount() is { } count)
                return new Anywhere(row, count);
            row.Dispose();
        }

        return new Shuffled(ShuffledRows.Open(env, source, PoolRows, columns, new Random(key.ToSeed())));
    }

    private sealed class Anywhere(SeekableRow row, long count) : PartnerRows(row.Row)
    {
        // With a share f of rows held out, a draw misses with probability f: this many misses in a row do not happen.
        private const int Attempts = 1000;

        public override bool TryMove(ref KeyedStream random)
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (row.MoveTo(random.NextInt64(count)) && !_mark.Read())
                    return true;
            }

            return false;
        }
    }

    private sealed class Shuffled(DataViewRowCursor cursor) : PartnerRows(cursor)
    {
        public override bool TryMove(ref KeyedStream random)
        {
            while (cursor.MoveNext())
            {
                if (!_mark.Read())
                    return true;
            }

            return false;
        }
    }
}
