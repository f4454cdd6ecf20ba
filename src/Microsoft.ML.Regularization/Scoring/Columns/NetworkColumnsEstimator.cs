using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The base of estimators whose transformers add columns about a trained network's predictions. After a neural network trainer in a pipeline they use the network
/// that scored the rows; otherwise the given network. Nothing is learned, and fitting reads no rows.
/// </summary>
/// <typeparam name="TTransformer">The transformer that adds the columns.</typeparam>
public abstract class NetworkColumnsEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : NetworkColumnsTransformer
{
    private readonly TrainedNetwork? _given;

    /// <param name="env">The environment.</param>
    /// <param name="name">The estimator's.</param>
    /// <param name="given">The network; null for the one that scored the rows.</param>
    private protected NetworkColumnsEstimator(IHostEnvironment env, string name, TrainedNetwork? given)
    {
        Host = Contracts.CheckRef(env, nameof(env)).Register(name);
        _given = given;
    }

    private protected IHost Host { get; }

    /// <summary>What the transformer does, to begin a sentence with, and the method of the catalog.</summary>
    private protected abstract (string Title, string Method) Words { get; }

    private protected abstract string? FeatureColumnName { get; }

    private protected abstract IReadOnlyList<string> ColumnNames { get; }

    /// <summary>The input columns and those that are added.</summary>
    /// <param name="inputSchema">The columns before this estimator.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// No network was given, and there is no column of scores; or the column of features of the given network is missing.
    /// </exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        if (_given is { Input: { Numbers: > 0 } or { Text: not null } })
            Host.Require(inputSchema, FeatureColumnName!, "feature");
        var isScored = inputSchema.TryFindColumn(DefaultColumnNames.Score, out var score);
        if (_given is null && !isScored)
            throw Host.ExceptSchemaMismatch(nameof(inputSchema), "score", DefaultColumnNames.Score);

        var isVector = _given is null
            ? score.Kind == SchemaShape.Column.VectorKind.Vector
            : _given.Task.PredictionType(_given.Outputs) is VectorDataViewType;
        var isNamed = isVector && isScored && score.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out _);
        var columns = inputSchema.ToDictionary(column => column.Name);
        foreach (var name in ColumnNames)
        {
            columns[name] = new SchemaShape.Column(
                name, isVector ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false,
                isNamed ? ClassAnnotations.NamesShape() : null);
        }

        return new SchemaShape(columns.Values);
    }

    /// <summary>Finds the network that scored the rows, unless a network was given.</summary>
    /// <param name="input">Rows that a trained network has scored; none is read.</param>
    /// <exception cref="ArgumentOutOfRangeException">No network was given, and none scored these rows; or there is nothing to tell about this one.</exception>
    public TTransformer Fit(IDataView input)
    {
        Host.CheckValue(input, nameof(input));
        var scored = Upstream.Of(input).OfType<LookAheadView>().FirstOrDefault();
        if (_given is null && scored is null)
            throw NoNetwork(nameof(input), "that scored these rows");
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return Create(_given ?? scored!.Network, FeatureColumnName ?? scored?.FeatureColumnName);
    }

    /// <summary>Of the last network of a model, unless one was given.</summary>
    /// <param name="network">The network; null where the model has none.</param>
    /// <param name="featureColumnName">What it reads; null for categories alone.</param>
    internal TTransformer Of(TrainedNetwork? network, string? featureColumnName) =>
        Create(_given ?? network ?? throw NoNetwork("model", "in the model"), FeatureColumnName ?? featureColumnName);

    private protected abstract TTransformer Create(TrainedNetwork network, string? featureColumnName);

    private Exception NoNetwork(string argument, string place) => Host.ExceptUserArg(
        argument,
        $"{Words.Title} found no neural network {place}: append it behind a neural network trainer, or give it a network, as in "
        + $"ml.Transforms.{Words.Method}(model.GetNeuralNetwork()).");
}
