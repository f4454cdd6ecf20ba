using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Estimator of <see cref="MemberDeviationTransformer"/>. After a neural network trainer in a pipeline it uses the network that scored the rows; otherwise it uses
/// the given network. Nothing is learned, and fitting reads no rows.
/// </summary>
public sealed class MemberDeviationEstimator : NetworkColumnsEstimator<MemberDeviationTransformer>
{
    internal MemberDeviationEstimator(IHostEnvironment env, MemberDeviationOptions options, TrainedNetwork? network = null)
        : base(env, nameof(MemberDeviationEstimator), network)
    {
        Host.CheckValue(options, nameof(options));
        options.Validate(Host);
        Options = options;
        if (network is null)
            return;

        Options = options with { FeatureColumnName = options.FeatureColumnName ?? DefaultColumnNames.Features };

        // Refuses a network without members before there are rows.
        Create(network, featureColumnName: null);
    }

    /// <summary>The options this estimator was created with.</summary>
    public MemberDeviationOptions Options { get; }

    private protected override (string Title, string Method) Words => ("The members' deviation", "MemberDeviation");

    private protected override string? FeatureColumnName => Options.FeatureColumnName;

    private protected override IReadOnlyList<string> ColumnNames => [Options.DeviationColumnName];

    private protected override MemberDeviationTransformer Create(TrainedNetwork network, string? featureColumnName) =>
        new(Host, network, Options with { FeatureColumnName = featureColumnName });
}
