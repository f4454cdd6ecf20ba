using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The columns that a model makes of a network's outputs.</summary>
internal abstract class ScoreColumns
{
    /// <summary>The columns, the score first.</summary>
    public abstract DataViewSchema Schema { get; }

    /// <summary>The type of the score.</summary>
    public DataViewType ScoreType => Schema[0].Type;

    /// <summary>The getter of a column.</summary>
    /// <param name="prediction">The network's outputs.</param>
    /// <param name="column">The column's index in <see cref="Schema"/>.</param>
    public abstract Delegate CreateGetter(INetworkOutputs prediction, int column);

    /// <summary>From a row to its score: a <see cref="RowScore{TScore}"/> of the score's type.</summary>
    /// <param name="score">Scores the row.</param>
    public abstract Delegate CreateMapper(RowScorer score);
}
