using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Estimator of <see cref="MonteCarloTransformer"/>. After a neural network trainer in a pipeline it uses the network that scored the rows; otherwise it uses
/// the given network. Nothing is learned, and fitting reads no rows.
/// </summary>
public sealed class MonteCarloEstimator : NetworkColumnsEstimator<MonteCarloTransformer>
{
    internal MonteCarloEstimator(IHostEnvironment env, MonteCarloOptions options, TrainedNetwork? network = null)
        : base(env, nameof(MonteCarloEstimator), network)
    {
        Host.CheckValue(options, nameof(options));
        options.Validate(Host);
        Options = options with { Seed = Seeds.Resolve(env, options.Seed) };
        if (network is null)
            return;

        Options = Options with { FeatureColumnName = Options.FeatureColumnName ?? DefaultColumnNames.Features };

        // Refuses a network without noise before there are rows.
        Create(network, featureColumnName: null).Dispose();
    }

    /// <summary>The options this estimator was created with, and the seed it draws with.</summary>
    public MonteCarloOptions Options { get; }

    private protected override (string Title, string Method) Words => ("Monte-Carlo prediction", "MonteCarlo");

    private protected override string? FeatureColumnName => Options.FeatureColumnName;

    private protected override IReadOnlyList<string> ColumnNames => [Options.MeanColumnName, Options.DeviationColumnName];

    private protected override MonteCarloTransformer Create(TrainedNetwork network, string? featureColumnName) =>
        new(Host, network, Options with { FeatureColumnName = featureColumnName });
}
