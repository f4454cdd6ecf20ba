using System.Text;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(TrainingOnlyTransformer), null, typeof(SignatureLoadModel), "", TrainingOnlyTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>
/// The fitted form of every transform that acts only while a pipeline is fitted. At scoring it is an identity: the same columns, the same
/// rows, row by row. To see the training rows outside a pipeline, use <c>ml.Data.Augment</c>.
/// </summary>
public sealed class TrainingOnlyTransformer : ITransformer, ITransformerWithDifferentMappingAtTrainingTime
{
    internal const string LoaderSignature = "TrainingOnlyXfer";

    private readonly IHost _host;
    private readonly int _seed;
    private readonly bool _isLoaded;

    internal TrainingOnlyTransformer(IHostEnvironment env, TrainingOnlyOptions options, int seed)
    {
        _host = env.Register(options.Name);
        Options = options;
        _seed = seed;
    }

    private TrainingOnlyTransformer(IHostEnvironment env, ModelLoadContext ctx)
    {
        _host = env.Register(LoaderSignature);
        _isLoaded = true;

        // *** Binary format ***
        // int: seed
        // string id: options as JSON
        _seed = ctx.Reader.ReadInt32();
        var json = ctx.LoadNonEmptyString();
        try
        {
            Options = RecipeJson.Read<TrainingOnlyOptions>(Encoding.UTF8.GetBytes(json));
        }
        catch (JsonException exception)
        {
            throw _host.ExceptDecode(
                exception, "The options of a training-only transform cannot be read: the model file is damaged or was written by a newer version.");
        }

        Options.Validate(_host);
    }

    /// <summary>The options this transformer was made with.</summary>
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
    public IDataView Transform(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return !_isLoaded && NestedChain.IsFeedingItsNextEstimator() ? CreateTrainingView(input) : new UntouchedView(input, Options);
    }

    IDataView ITransformerWithDifferentMappingAtTrainingTime.TransformForTrainingPipeline(IDataView input) => CreateTrainingView(input);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return new IdentityRowMapper(inputSchema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        _host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        ctx.SetVersionInfo(GetVersionInfo());

        // *** Binary format ***
        // int: seed
        // string id: options as JSON
        ctx.Writer.Write(_seed);
        ctx.SaveNonEmptyString(JsonSerializer.Serialize(Options, RecipeJson.Options));
    }

    internal static TrainingOnlyTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(GetVersionInfo());
        return new TrainingOnlyTransformer(env, ctx);
    }

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "TRNONLYX",
        verWrittenCur: 0x00010001, // Initial
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(TrainingOnlyTransformer).Assembly.FullName);

    private IDataView CreateTrainingView(IDataView input) => Options.CreateTrainingView(_host, input, _seed);
}
