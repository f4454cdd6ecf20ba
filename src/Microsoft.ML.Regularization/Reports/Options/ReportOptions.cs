using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>What a report of a model tells, and of how many rows: see <see cref="RegularizationCatalog.Report(ITransformer, IDataView, string, ReportOptions)"/>.</summary>
public sealed record ReportOptions
{
    /// <summary>The title. Default: null, a sentence about the task.</summary>
    public string? Title { get; init; }

    /// <summary>What the model is for, in your words; shown in the model card. Default: null, not told.</summary>
    public string? Purpose { get; init; }

    /// <summary>What it must not be used for, and what is known to go wrong; shown in the model card. Default: null, not told.</summary>
    public string? Limits { get; init; }

    /// <summary>The column of labels in what the model makes of the rows. Default: Label.</summary>
    public string LabelColumnName { get; init; } = DefaultColumnNames.Label;

    /// <summary>Rows that are looked at, at least 1; of more, a random choice. Default: 100,000.</summary>
    public int MostRows { get; init; } = 100_000;

    /// <summary>
    /// Rows whose columns are shuffled to tell how much each column matters, from 0 (that part is left out) to 1,000,000. Each column takes as many passes of the model as
    /// <see cref="Shuffles"/> tells. Default: 500.
    /// </summary>
    public int ImportanceRows { get; init; } = 500;

    /// <summary>How often each column is shuffled, from 2 to 100. Default: 3.</summary>
    public int Shuffles { get; init; } = 3;

    /// <summary>For two classes, what it costs to take a row for true that is false; at least 0. Default: 1.</summary>
    public double FalseAlarmCost { get; init; } = 1;

    /// <summary>For two classes, what it costs to take a row for false that is true; at least 0. Default: 1.</summary>
    public double MissCost { get; init; } = 1;

    /// <summary>
    /// How many of the rows that are predicted worst are shown with their values, from 0 to 1000: where a label is wrong, it is most often found there. Default: 0, none, since a report may go to
    /// people whom the rows are not for.
    /// </summary>
    public int WorstRows { get; init; }

    /// <summary>Seed of the choice of rows and of the shuffles. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Ends the report; no file is written then.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate(IExceptionContext context)
    {
        context.CheckNonWhiteSpace(LabelColumnName, nameof(LabelColumnName));
        context.CheckAtLeast(MostRows, nameof(MostRows), 1);
        context.CheckBetween(ImportanceRows, nameof(ImportanceRows), 0, 1_000_000);
        context.CheckBetween(Shuffles, nameof(Shuffles), 2, 100);
        context.CheckBetween(WorstRows, nameof(WorstRows), 0, 1000);
        context.CheckAtLeast(FalseAlarmCost, nameof(FalseAlarmCost), 0);
        context.CheckAtLeast(MissCost, nameof(MissCost), 0);
    }
}
