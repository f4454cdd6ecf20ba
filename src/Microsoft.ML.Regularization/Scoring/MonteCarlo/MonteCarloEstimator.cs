using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Estimator of <see cref="MonteCarloTransformer"/>. After a neural network trainer in a pipeline it uses the network that scored the rows; otherwise it uses
/// the given network. Nothing is learned, and fitting reads no rows.
/// </summary>
public sealed class MonteCarloEstimator : IEstimator<MonteCarloTransformer>
{
    private readonly IHost _host;
    private readonly TrainedNetwork? _given;

    internal MonteCarloEstimator(IHostEnvironment env, MonteCarloOptions options)
    {
        _host = Contracts.CheckRef(env, nameof(env)).Register(nameof(MonteCarloEstimator));
        _host.CheckValue(options, nameof(options));
        options.Validate(_host);
        Options = options with { Seed = Seeds.Resolve(env, options.Seed) };
    }

    internal MonteCarloEstimator(IHostEnvironment env, TrainedNetwork network, MonteCarloOptions options)
        : this(env, options)
    {
        _host.CheckValue(network, nameof(network));
        Options = Options with { FeatureColumnName = Options.FeatureColumnName ?? DefaultColumnNames.Features };
        _given = network;

        // Refuses a network without noise before there are rows.
        Create(_given, featureColumnName: null).Dispose();
    }

    /// <summary>The options this estimator was created with, and the seed it draws with.</summary>
    public MonteCarloOptions Options { get; }

    /// <summary>The input columns and those of mean and deviation.</summary>
    /// <param name="inputSchema">The columns before this estimator.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// No network was given, and there is no column of scores; or the column of features of the given network is missing.
    /// </exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        if (_given is { Input: { Numbers: > 0 } or { Text: not null } })
            _host.Require(inputSchema, Options.FeatureColumnName!, "feature");
        var isScored = inputSchema.TryFindColumn(DefaultColumnNames.Score, out var score);
        if (_given is null && !isScored)
            throw _host.ExceptSchemaMismatch(nameof(inputSchema), "score", DefaultColumnNames.Score);

        var isVector = _given is null
            ? score.Kind == SchemaShape.Column.VectorKind.Vector
            : _given.Task.PredictionType(_given.Outputs) is VectorDataViewType;
        var isNamed = isVector && isScored && score.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out _);
        var columns = inputSchema.ToDictionary(column => column.Name);
        foreach (var name in (string[])[Options.MeanColumnName, Options.DeviationColumnName])
        {
            columns[name] = new SchemaShape.Column(
                name, isVector ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false,
                isNamed ? ClassAnnotations.NamesShape() : null);
        }

        return new SchemaShape(columns.Values);
    }

    /// <summary>Finds the network that scored the rows, unless a network was given.</summary>
    /// <param name="input">Rows that a trained network has scored; none is read.</param>
    /// <exception cref="ArgumentOutOfRangeException">No network was given, and none scored these rows; or it was trained without noise.</exception>
    public MonteCarloTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        var scored = Upstream.Of(input).OfType<LookAheadView>().FirstOrDefault();
        if (_given is null && scored is null)
            throw NoNetwork(nameof(input), "that scored these rows");
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return Create(_given ?? scored!.Network, scored?.FeatureColumnName);
    }

    /// <summary>Of the last network of a model, unless one was given.</summary>
    /// <param name="network">The network; null where the model has none.</param>
    /// <param name="featureColumnName">What it reads; null for categories alone.</param>
    internal MonteCarloTransformer Of(TrainedNetwork? network, string? featureColumnName) =>
        Create(_given ?? network ?? throw NoNetwork("model", "in the model"), featureColumnName);

    private MonteCarloTransformer Create(TrainedNetwork network, string? featureColumnName) =>
        new(_host, network, Options with { FeatureColumnName = Options.FeatureColumnName ?? featureColumnName });

    private Exception NoNetwork(string argument, string place) => _host.ExceptUserArg(
        argument,
        $"Monte-Carlo prediction found no neural network {place}: append it behind a neural network trainer, or give it a network, as in "
        + "ml.Transforms.MonteCarlo(model.GetNeuralNetwork()).");
}
