using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>What a diagnosis goes by: see <see cref="RegularizationCatalog.Diagnose"/>.</summary>
public sealed record DiagnosisOptions
{
    /// <summary>The rows that the model was fitted on, as its pipeline takes them. Default: null, the diagnosis goes by the history and the other rows.</summary>
    public IDataView? TrainingRows { get; init; }

    /// <summary>Labelled rows that it was not fitted on, as its pipeline takes them. Default: null, it goes by the history and the other rows.</summary>
    public IDataView? ValidationRows { get; init; }

    /// <summary>The column of labels that the trainer read, behind the transforms of the model. Default: Label.</summary>
    public string LabelColumnName { get; init; } = DefaultColumnNames.Label;

    /// <summary>
    /// Whether a plain perceptron is trained on the training rows, in a second or two, to tell what can be learned from them: a model that is worse has a fault, and one that is no worse where both are
    /// poor has rows that say no more. Only of tables, and where there are both kinds of rows. Default: true.
    /// </summary>
    public bool UsesReference { get; init; } = true;

    /// <summary>Rows of each kind that are looked at, at least 20; of more, a random choice. Default: 4,000.</summary>
    public int MostRows { get; init; } = 4000;

    /// <summary>Seed of the choice of rows and of the perceptron. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Ends the diagnosis.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate(IExceptionContext context)
    {
        context.CheckName(LabelColumnName, nameof(LabelColumnName));
        context.CheckAtLeast(MostRows, nameof(MostRows), 20);
    }
}
