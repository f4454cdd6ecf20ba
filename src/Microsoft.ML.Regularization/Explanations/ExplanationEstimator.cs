using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Explanations;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Estimator of <see cref="ExplanationTransformer"/>, for rows that a neural network has scored: append it behind the trainer, or fit it to what a model makes of rows.
/// Fitting reads the rows once and keeps some of them, which a row is compared with: see <see cref="ExplanationOptions.BackgroundRows"/>.
/// </summary>
public sealed class ExplanationEstimator : IEstimator<ExplanationTransformer>
{
    private readonly IHost _host;

    internal ExplanationEstimator(IHostEnvironment env, ExplanationOptions options)
    {
        _host = Contracts.CheckRef(env, nameof(env)).Register(nameof(ExplanationEstimator));
        _host.CheckValue(options, nameof(options));
        options.Validate(_host);
        Options = options with { Seed = Seeds.Resolve(env, options.Seed) };
    }

    /// <summary>The options this estimator was created with, and the seed it chooses rows by.</summary>
    public ExplanationOptions Options { get; }

    /// <summary>The input columns and those that are added.</summary>
    /// <param name="inputSchema">The columns before this estimator.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no column of scores.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        if (!inputSchema.TryFindColumn(DefaultColumnNames.Score, out _))
            throw _host.ExceptSchemaMismatch(nameof(inputSchema), "score", DefaultColumnNames.Score);

        var columns = inputSchema.ToDictionary(column => column.Name);
        columns[Options.ContributionsColumnName] = new SchemaShape.Column(
            Options.ContributionsColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, ClassAnnotations.NamesShape());
        columns[Options.BaseColumnName] = new SchemaShape.Column(
            Options.BaseColumnName, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false);
        return new SchemaShape(columns.Values);
    }

    /// <summary>Finds the network that scored the rows, and chooses the rows to compare with.</summary>
    /// <param name="input">Rows that a trained network has scored, such as those it was trained on.</param>
    /// <exception cref="ArgumentOutOfRangeException">No network scored these rows, it is none for tables, or there are no rows.</exception>
    public ExplanationTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        if (Upstream.Of(input).OfType<LookAheadView>().FirstOrDefault() is not { } scored)
        {
            throw _host.ExceptUserArg(
                nameof(input),
                "Explain found no neural network that scored these rows: append it behind a neural network trainer, or fit it to what a model makes of rows, as in "
                + "ml.Transforms.Explain().Fit(model.Transform(rows)).");
        }

        GetOutputSchema(SchemaShape.Create(input.Schema));
        var network = scored.Network;
        var columns = InputColumns.Find(_host, input.Schema, scored.FeatureColumnName, network.Input, network.Keys);
        var background = BackgroundRows.Choose(_host, network, input, columns, Options.BackgroundRows, Options.Seed!.Value);
        return background.Count > 0
            ? new ExplanationTransformer(_host, network, Options, scored.FeatureColumnName, ExplainedColumns.Of(input.Schema, columns.Features, network.Input), background)
            : throw _host.ExceptUserArg(nameof(input), "Explain compares a row with others, but there are no rows here.");
    }
}
