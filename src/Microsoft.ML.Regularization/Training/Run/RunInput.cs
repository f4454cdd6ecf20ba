using System.Globalization;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The network's input from the rows: which columns, on which scale, and with which targets.</summary>
internal sealed class RunInput
{
    /// <summary>The name under which a run stores its <see cref="Scales"/>.</summary>
    public const string ScalesName = "scales";

    private readonly string? _whyDense;

    /// <param name="host">Makes errors.</param>
    /// <param name="channel">Receives warnings about numbers that nothing can be learned from.</param>
    /// <param name="data">The rows that scales are learned from, where neither a checkpoint nor a previous run has them.</param>
    /// <param name="settings">The run's.</param>
    public RunInput(IHost host, IChannel channel, ITrainingData data, TrainingSettings settings)
    {
        _whyDense = data.IsSparse ? SparseTraining.WhyDense(settings) : null;
        Layout = (settings.Input ?? data.FeatureCount) with { IsSparse = data.IsSparse && _whyDense is null };
        var scales = Kept(settings) ?? settings.Scales ?? LearnedScales.Of(settings.Previous);
        Encoding = data.Target.CreateEncoding(host, data.LabelColumnName, data.TrainingSummary, settings.ClassWeights, scales?.Target);
        Encoding.Check(host, data.LabelColumnName, data.TrainingSummary, data.ValidationSummary);
        Scales = (scales ?? ScaleLearning.Learn(channel, data, settings, Layout)) with { Target = ScaleOf(data, settings) };
        Filled = Layout.Filled(Scales.Imputation, Scales.Flags);
    }

    /// <summary>Whether a checkpoint has the state of the run.</summary>
    public static bool IsKept(TrainingSettings settings) => Kept(settings) is not null;

    /// <summary>The layout of a row.</summary>
    public InputLayout Layout { get; }

    /// <summary>The same with indicators of missing numbers, which is what the network's first layer reads.</summary>
    public InputLayout Filled { get; }

    /// <summary>The scales learned from the rows.</summary>
    public LearnedScales Scales { get; }

    /// <summary>Encodes labels as targets of the loss.</summary>
    public TargetEncoding Encoding { get; }

    /// <summary>What is asked of rows without labels; null where they have labels.</summary>
    public Pretext? CreatePretext(ITrainingData data, TrainingSettings settings) =>
        (data.Task as SelfSupervisedTask)?.Pretext.Create(new PretextRows(settings.Architecture, Filled, settings.Key.Derive("pretext"))
        {
            Imputation = Scales.Imputation, Scaler = Scales.Input, Keys = settings.Keys,
        });

    /// <summary>Logs why sparse rows are made dense, where they are.</summary>
    public void Report(IChannel channel, int batchSize)
    {
        if (_whyDense is null)
            return;
        channel.Info(string.Create(
            CultureInfo.InvariantCulture,
            $"Most features are 0, but rows are made dense, a batch at a time, since {_whyDense}: "
            + $"a batch takes {(double)batchSize * Layout.Width * sizeof(float) / RowCaching.Megabyte:0.#} MB, and every step goes over all weights."));
    }

    private TargetScale? ScaleOf(ITrainingData data, TrainingSettings settings)
    {
        var (least, greatest) = data.TrainingSummary.TargetBounds;
        return settings.ClampsPredictions ? Encoding.Scale?.Bounded(least, greatest, isNew: settings.Previous is null) : Encoding.Scale;
    }

    private static LearnedScales? Kept(TrainingSettings settings) => settings.Checkpoint?.Find<LearnedScales>(ScalesName);
}
