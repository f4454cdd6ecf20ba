using System.Text;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(TrainingOnlyTransformer), typeof(ModelLoader<TrainingOnlyTransformer>), null, typeof(SignatureLoadModel), "", TrainingOnlyTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>
/// The fitted form of every transform that acts only while a pipeline is fitted. At scoring it is an identity: the same columns, the same
/// rows, row by row. To see the training rows outside a pipeline, use <c>ml.Data.Augment</c>.
/// </summary>
public sealed class TrainingOnlyTransformer : ITrainingTimeMapping, IModelPart<TrainingOnlyTransformer>
{
    internal const string LoaderSignature = "TrainingOnlyXfer";

    private static readonly ModelFormat Format = new("TRNONLYX", LoaderSignature);

    private readonly IHost _host;
    private readonly int _seed;
    private readonly bool _isInInnerChain;
    private WeakReference<IDataView>? _fittedOn;
    private volatile FittedRows? _fittedRows;

    internal TrainingOnlyTransformer(IHostEnvironment env, TrainingOnlyOptions options, int seed, IDataView fittedOn, bool isInInnerChain)
    {
        _host = env.Register(options.Name);
        Options = options;
        _seed = seed;
        _isInInnerChain = isInInnerChain;
        _fittedOn = new WeakReference<IDataView>(fittedOn);
    }

    private TrainingOnlyTransformer(IHostEnvironment env, ModelReader reader)
    {
        _host = env.Register(LoaderSignature);

        // *** Binary format ***
        // int: seed
        // string id: options as JSON
        _seed = reader.ReadInt32();
        var json = reader.ReadText();
        try
        {
            Options = StrictJson.Read<TrainingOnlyOptions>(Encoding.UTF8.GetBytes(json));
        }
        catch (JsonException exception)
        {
            throw _host.ExceptDecode(
                exception, "The options of a training-only transform cannot be read: the model file is damaged or was written by a newer version.");
        }
    }

    /// <summary>The options this transformer was created with.</summary>
    public TrainingOnlyOptions Options { get; }

    /// <summary>Always true: at scoring every row maps to itself.</summary>
    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>Returns the same columns.</summary>
    /// <param name="inputSchema">The columns before this transformer.</param>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema;
    }

    /// <summary>Returns the same rows.</summary>
    /// <param name="input">The rows to pass through.</param>
    /// <exception cref="InvalidOperationException">
    /// A chain has fitted this transform, no later estimator of the chain has read its training rows, and now the rows that it was fitted on are to pass
    /// through: what is trained on them would miss the transform. That is so where the chain stands inside another one, which holds the trainer.
    /// </exception>
    public IDataView Transform(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        if (_fittedRows?.Are(input) == true)
            ReportLoss(_fittedRows);
        return new UntouchedView(input, Options.Name);
    }

    // The chain that fits it asks once, and for the very view that it was fitted on. In any other chain it is what it is in a loaded model.
    IDataView ITrainingTimeMapping.TransformForTraining(IDataView input)
    {
        var fittedOn = _fittedOn;
        _fittedOn = null;
        if (fittedOn is null || !fittedOn.TryGetTarget(out var rows) || !ReferenceEquals(rows, input))
            return new UntouchedView(input, Options.Name);

        var view = Options.CreateTrainingView(_host, input, _seed);
        if (view is DerivedView derived && !ReferenceEquals(view, input))
            derived.FittedRows = _fittedRows = new FittedRows(input);
        return view;
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return new IdentityRowMapper(inputSchema);
    }

    void ITrainingTimeMapping.Write(Func<ModelFormat, ModelWriter> start)
    {
        var writer = start(Format);

        // *** Binary format ***
        // int: seed
        // string id: options as JSON
        writer.Write(_seed);
        writer.Write(JsonSerializer.Serialize(Options, StrictJson.Options));
    }

    static ModelFormat IModelPart<TrainingOnlyTransformer>.Format => Format;

    static TrainingOnlyTransformer IModelPart<TrainingOnlyTransformer>.Read(IHostEnvironment env, ModelReader reader) => new(env, reader);

    // Where an estimator behind it has read the training rows, whoever evaluates on them asks for the same, and only the shapes that were asked for hint at
    // an inner chain: that changes nothing but the log.
    private void ReportLoss(FittedRows rows)
    {
        var advice = $"Write one flat chain, a.Append({Options.Name}).Append(b).Append(trainer), rather than a chain inside a chain (what is appended to a "
            + "variable of type IEstimator<ITransformer> may become one: declare it with var), or make the trainer's rows with ml.Data.Augment.";
        if (!rows.WereRead)
        {
            throw _host.Except(
                $"{Options.Name} was fitted by a chain in which no estimator behind it reads training rows, and the rows that it was fitted on are to pass "
                + $"through it unchanged: what is trained on them would never see {Options.Name}. {advice}");
        }

        if (!_isInInnerChain)
            return;
        using var channel = _host.Start(Options.Name);
        channel.Warning(
            $"The rows that {Options.Name} was fitted on pass through it unchanged. Where that happens while a chain is fitted around the chain that holds it, "
            + $"what is trained behind does not see {Options.Name}. {advice}");
    }
}
