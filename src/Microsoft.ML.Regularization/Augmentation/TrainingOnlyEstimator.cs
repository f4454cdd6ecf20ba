using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Estimator of every transform that acts only while a pipeline is fitted: the trainers behind it in the pipeline read its training
/// rows, while the fitted <see cref="TrainingOnlyTransformer"/> passes rows through unchanged.
/// </summary>
public sealed class TrainingOnlyEstimator : IEstimator<TrainingOnlyTransformer>
{
    private readonly IHost _host;
    private readonly int _seed;

    internal TrainingOnlyEstimator(IHostEnvironment env, TrainingOnlyOptions options)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(options, nameof(options));
        _host = env.Register(options.Name);
        options.Validate(_host);
        Options = options;
        _seed = Seeds.Resolve(env, options.Seed);
    }

    /// <summary>The options this estimator was made with.</summary>
    public TrainingOnlyOptions Options { get; }

    /// <summary>Checks that the rows can be transformed and returns the transformer. No row is read here.</summary>
    /// <param name="input">The training rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that the transform cannot take.</exception>
    public TrainingOnlyTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        GetOutputSchema(SchemaShape.Create(input.Schema));
        Options.CheckRows(_host, input);
        return new TrainingOnlyTransformer(_host, Options, _seed);
    }

    /// <summary>
    /// The columns that later estimators of the pipeline see while they are fitted. The fitted transformer changes no column: see
    /// <see cref="TrainingOnlyTransformer.GetOutputSchema"/>.
    /// </summary>
    /// <param name="inputSchema">The columns before this estimator.</param>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return Options.GetTrainingShape(_host, inputSchema);
    }
}
