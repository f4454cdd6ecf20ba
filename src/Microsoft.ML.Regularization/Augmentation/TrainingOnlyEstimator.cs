using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Estimator of every transform that acts only while a pipeline is fitted: the trainers after it in the pipeline read its training rows, while the fitted
/// <see cref="TrainingOnlyTransformer"/> passes rows through unchanged.
/// </summary>
/// <remarks>
/// It is an estimator of any transformer, so that <c>Append</c> extends a chain that ends with it even if the variable has only the type
/// <c>IEstimator&lt;ITransformer&gt;</c>. For other chains of that type ML.NET nests the chain in a new one.
/// </remarks>
public sealed class TrainingOnlyEstimator : IEstimator<ITransformer>
{
    private readonly IHost _host;
    private readonly int _seed;
    private int _askedForShapes;

    internal TrainingOnlyEstimator(IHostEnvironment env, TrainingOnlyOptions options)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(options, nameof(options));
        _host = env.Register(options.Name);
        options.Validate(_host);
        Options = options;
        _seed = Seeds.Resolve(env, options.SeedOfDraws);
    }

    /// <summary>The options this estimator was created with.</summary>
    public TrainingOnlyOptions Options { get; }

    /// <summary>Checks that the rows can be transformed and returns the transformer. No row is read here.</summary>
    /// <param name="input">The training rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that the transform cannot take.</exception>
    public TrainingOnlyTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        Options.GetTrainingShape(_host, SchemaShape.Create(input.Schema));
        Options.CheckRows(_host, input);

        // Every chain asks its estimators for their shapes before it fits them, and a chain around it has asked before.
        var isInInnerChain = Interlocked.And(ref _askedForShapes, 0) > 1;
        return new TrainingOnlyTransformer(_host, Options, _seed, input, isInInnerChain);
    }

    ITransformer IEstimator<ITransformer>.Fit(IDataView input) => Fit(input);

    /// <summary>
    /// The columns that later estimators of the pipeline see while they are fitted. The fitted transformer changes no column: see
    /// <see cref="TrainingOnlyTransformer.GetOutputSchema"/>.
    /// </summary>
    /// <param name="inputSchema">The columns before this estimator.</param>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        Interlocked.Increment(ref _askedForShapes);
        return Options.GetTrainingShape(_host, inputSchema);
    }
}
