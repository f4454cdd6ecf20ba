using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Options of <see cref="RegularizationCatalog.Importance"/>.</summary>
public sealed record ImportanceOptions
{
    /// <summary>Column of labels, in what the model makes of the rows. Default: Label.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Rows whose columns are shuffled, at least 1; of more rows a random choice. Each column takes as many passes of the model as <see cref="Shuffles"/> tells. Default: 1,000.</summary>
    public long MostRows { get; init; } = 1000;

    /// <summary>How often each column is shuffled, from 2 to 100. Default: 5.</summary>
    public int Shuffles { get; init; } = 5;

    /// <summary>Seed of the choice of rows and of the shuffles. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Ends the measuring.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate(IExceptionContext context)
    {
        context.CheckNonWhiteSpace(LabelColumnName, nameof(LabelColumnName));
        context.CheckAtLeast(MostRows, nameof(MostRows), 1);
        context.CheckBetween(Shuffles, nameof(Shuffles), 2, 100);
    }
}
