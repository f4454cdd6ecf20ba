using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>How one model for each group of a table is trained: see <see cref="GroupCatalog.FitEach"/>.</summary>
public sealed record GroupOptions
{
    /// <summary>
    /// How strongly groups' networks may be held at the common one, each at least 0. A group of n rows is trained with L2-SP of strength <c>pull / n</c>, see
    /// <see cref="FineTuning.StartingPointPenalty"/>, so that it goes as far as its rows are worth: 0 lets it go anywhere, 1000 hardly lets it move. Default: 0.01, 0.1, 1, 10 and 100, of which the best is
    /// taken.
    /// </summary>
    public ValueList<double> Pulls { get; init; } = [0.01, 0.1, 1, 10, 100];

    /// <summary>
    /// Over how many groups the pulls are compared, with each other and with the common network, from 1 to 100,000, or 0, which takes the single one that there must be then. They are the <c>n</c> that lie evenly between the
    /// largest and the smallest that have <see cref="MinRows"/>. Each of them holds out a quarter of its rows, which the common network does not see either. Where that is
    /// more than a twentieth of all rows, the pipeline is fitted again to all of them afterwards. Default: 100.
    /// </summary>
    public int ComparedGroups { get; init; } = 100;

    /// <summary>Rows that a group must have for a network of its own, from 4. Default: 10.</summary>
    public int MinRows { get; init; } = 10;

    /// <summary>Passes over a group's rows, from 1. Default: 20.</summary>
    public int MaxEpochs { get; init; } = 20;

    /// <summary>Rows in a training step, from 1. Default: 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The learning rate, above 0; it falls to 0 over the epochs. Default: null, that of the common network, at most 0.004.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The seed of the held-out rows and of the groups' training. Default: null, that of the context, or a random one.</summary>
    public int? Seed { get; init; }

    /// <summary>
    /// Where groups are trained: in other processes (<see cref="ProcessExecutor"/>), or on other machines. Their programs have a <see cref="GroupRunner"/> of the same rows, which are read once more to compare
    /// them. The common network is trained here. Default: null, on all processors of this process.
    /// </summary>
    public ITrialExecutor? Executor { get; init; }

    /// <summary>
    /// The folder where common models and groups' networks are kept, which all that train must reach. A fit that was killed goes on in it; one of other rows, options or group column is refused, while the code of
    /// the pipeline is not compared. Default: null, none; with an <see cref="Executor"/> a temporary one.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Is told when a group's network is trained, on the thread that trained it. Default: null.</summary>
    public IProgress<GroupProgress>? Progress { get; init; }

    /// <summary>Ends the fit at the next batch, without a model: one of which groups are missing is never returned. The common fit is ended by the options of its trainer. Default: none.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate(IExceptionContext context)
    {
        context.CheckValue(Pulls, nameof(Pulls));
        context.CheckBetween(ComparedGroups, nameof(ComparedGroups), 0, 100_000);
        context.CheckBetween(MinRows, nameof(MinRows), 4, int.MaxValue);
        context.CheckBetween(MaxEpochs, nameof(MaxEpochs), 1, int.MaxValue);
        context.CheckBetween(BatchSize, nameof(BatchSize), 1, int.MaxValue);
        foreach (var pull in Pulls)
            context.CheckAtLeast(pull, nameof(Pulls), 0);
        if (LearningRate is { } rate)
            context.CheckAbove(rate, nameof(LearningRate), 0);
        if (Folder is not null && string.IsNullOrWhiteSpace(Folder))
            throw context.ExceptUserArg(nameof(Folder), "Folder is blank: name one, or leave it null.");
        if (Pulls.Count == 0)
            throw context.ExceptUserArg(nameof(Pulls), "Pulls is empty: name one at least.");
        if (ComparedGroups == 0 && Pulls.Count > 1)
            throw context.ExceptUserArg(nameof(ComparedGroups), $"ComparedGroups is 0, and Pulls is ({Pulls}): without a comparison there can be one pull only.");
    }
}
