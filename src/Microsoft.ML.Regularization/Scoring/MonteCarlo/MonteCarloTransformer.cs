using System.Text;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(MonteCarloTransformer), null, typeof(SignatureLoadModel), "", MonteCarloTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>
/// Monte-Carlo prediction: how much a network's prediction moves under the noise it was trained with, as a measure of how little the network knows about
/// a row (Gal and Ghahramani, "Dropout as a Bayesian approximation: representing model uncertainty in deep learning", 2016).
/// </summary>
/// <remarks>
/// <para>Input columns: those that the network was trained on. Output columns: the mean and the standard deviation (with passes - 1 in the denominator) of the
/// predictions of <see cref="MonteCarloOptions.Passes"/> networks: vectors of float with the probabilities of the classes, named by the slot names of the
/// model's score column where the rows have one; for a binary classification a float about the probability of true; for a regression a float in the
/// target's units. The deviation of a regression is that of the network's function, without the noise of the targets.</para>
/// <para>The networks are drawn once and for all: noise is a function of seed, pass, layer and unit, not of the row. The paper draws anew for
/// each row. Each row's mean and deviation have the same distribution either way; drawn once, they depend neither on other rows nor on their order,
/// on threads, or on how often they are asked for, and two rows are compared by the same networks. Errors of several rows' means are not
/// independent: more passes make them smaller, more rows do not.</para>
/// <para>Noise is the recipe's: <see cref="RegularizationRecipe.Dropout"/> and <see cref="RegularizationRecipe.StochasticDepth"/>. Batch normalization keeps
/// the running statistics it scores with. The model file holds the network a second time, beside the predictor it belongs to. Packages required:
/// Microsoft.ML.Regularization and, for networks that libtorch scores, TorchSharp-cpu; there each pass is a forward pass of the row, one row at a time.</para>
/// </remarks>
public sealed class MonteCarloTransformer : RowToRowTransformerBase, ITransformer, IDisposable
{
    internal const string LoaderSignature = "MonteCarloPrediction";

    private readonly MonteCarloPasses _passes;

    /// <param name="env">The environment.</param>
    /// <param name="network">The network.</param>
    /// <param name="options">The options, which are valid and have a seed.</param>
    internal MonteCarloTransformer(IHostEnvironment env, TrainedNetwork network, MonteCarloOptions options)
        : base(Contracts.CheckRef(env, nameof(env)).Register(LoaderSignature))
    {
        Options = options;
        Trained = network;
        _passes = new MonteCarloPasses(Host, Trained, Options.Passes, Options.Seed!.Value);
        if (_passes.AreAlike)
        {
            throw Host.ExceptUserArg(
                nameof(network),
                $"Monte-Carlo prediction repeats the noise of training, but this network, {Trained.Architecture}, was trained without any: its Recipe is "
                + $"'{Trained.Recipe}'. Train it with {nameof(RegularizationRecipe)}.{nameof(RegularizationRecipe.Dropout)} behind at least one hidden layer, "
                + $"or with {nameof(RegularizationRecipe.StochasticDepth)}.");
        }
    }

    private MonteCarloTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(LoaderSignature))
    {
        // *** Binary format ***
        // string id: options as JSON, with the seed
        // <the trained network's own streams>
        var json = ctx.LoadNonEmptyString();
        try
        {
            Options = StrictJson.Read<MonteCarloOptions>(Encoding.UTF8.GetBytes(json));
            Options.Validate(Host);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw Host.ExceptDecode(
                exception, "The options of Monte-Carlo prediction cannot be read: the model file is damaged or was written by a newer version.");
        }

        Host.CheckDecode(Options.Seed is not null, "The options of Monte-Carlo prediction lack the seed.");
        Trained = TrainedNetworkFile.Load(Host, new ModelReader(ctx));
        _passes = new MonteCarloPasses(Host, Trained, Options.Passes, Options.Seed!.Value);
    }

    /// <summary>The options this transformer was made with, and the seed it draws with.</summary>
    public MonteCarloOptions Options { get; }

    /// <summary>Of mean and deviation.</summary>
    internal DataViewType PredictionType => Trained.Task.PredictionType(Trained.Outputs);

    private TrainedNetwork Trained { get; }

    /// <summary>
    /// Frees what prediction holds of libtorch's memory, as soon as predictions that are under way are done; networks that score in managed code hold none.
    /// The transformer stays as it is: a prediction that comes later takes the memory again.
    /// </summary>
    public void Dispose() => _passes.Dispose();

    /// <summary>Adds the columns, lazily: while rows are read, and only where they are asked for.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type than in training; the message names it.</exception>
    public new IDataView Transform(IDataView input)
    {
        Host.CheckValue(input, nameof(input));
        return new OneCursorView(input, rows => (IDataTransform)base.Transform(rows));
    }

    /// <summary>The same predictions of another network.</summary>
    internal MonteCarloTransformer WithNetwork(TrainedNetwork network) => new(Host, network, Options);

    internal static MonteCarloTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(GetVersionInfo());
        return new MonteCarloTransformer(env, ctx);
    }

    /// <summary>Writes the transformer.</summary>
    /// <param name="ctx">Where to.</param>
    protected override void SaveModel(ModelSaveContext ctx)
    {
        Host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        ctx.SetVersionInfo(GetVersionInfo());

        // *** Binary format ***
        // string id: options as JSON, with the seed
        // <the trained network's own streams>
        ctx.SaveNonEmptyString(JsonSerializer.Serialize(Options, StrictJson.Options));
        TrainedNetworkFile.Save(new ModelWriter(ctx), Trained);
    }

    /// <summary>What maps the rows of a schema.</summary>
    /// <param name="schema">The columns before this transformer.</param>
    protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "MONTECAR",
        verWrittenCur: 0x00010001, // Initial
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(MonteCarloTransformer).Assembly.FullName);

    private sealed class Mapper : MapperBase
    {
        private readonly MonteCarloTransformer _parent;
        private readonly InputColumns _columns;

        public Mapper(MonteCarloTransformer parent, DataViewSchema schema)
            : base(parent.Host, schema, parent)
        {
            _parent = parent;
            _columns = InputColumns.Find(Host, schema, parent.Options.FeatureColumnName, parent.Trained.Input, parent.Trained.Keys);
        }

        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore()
        {
            var type = _parent.PredictionType;
            var annotations = ClassAnnotations.OfScores(InputSchema, type);
            return
            [
                new DataViewSchema.DetachedColumn(_parent.Options.MeanColumnName, type, annotations),
                new DataViewSchema.DetachedColumn(_parent.Options.DeviationColumnName, type, annotations),
            ];
        }

        public override Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action? disposer)
        {
            disposer = null;
            // If neither output is active, the features are not active either and must not be read.
            var getters = new Delegate[2];
            if (!activeOutput(0) && !activeOutput(1))
                return getters;

            var spread = new Spread(_parent, input, _columns);
            for (var output = 0; output < getters.Length; output++)
            {
                if (activeOutput(output))
                    getters[output] = CreateGetter(spread, output);
            }

            return getters;
        }

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action? disposer) =>
            CreateGetters(input, activeOutput, out disposer)[iinfo];

        protected override Func<int, bool> GetDependenciesCore(Func<int, bool> activeOutput)
        {
            var isActive = activeOutput(0) || activeOutput(1);
            return column => isActive && _columns.All.Any(read => read.Index == column);
        }

        protected override void SaveModel(ModelSaveContext ctx) => _parent.SaveModel(ctx);

        private Delegate CreateGetter(Spread spread, int output)
        {
            if (_parent.PredictionType is not VectorDataViewType)
                return (ValueGetter<float>)((ref float value) => value = spread.Current[output][0]);

            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var current = spread.Current[output];
                var editor = VBufferEditor.Create(ref value, current.Length);
                current.CopyTo(editor.Values);
                value = editor.Commit();
            });
        }
    }

    /// <summary>Mean and deviation of the row that a cursor stands on, computed once for both columns.</summary>
    private sealed class Spread(MonteCarloTransformer parent, DataViewRow row, InputColumns columns)
    {
        private readonly RowInput _input = new(parent.Host, parent.Trained, columns, row);
        private readonly float[][] _current = [new float[parent.Trained.Outputs], new float[parent.Trained.Outputs]];
        private long _position = long.MinValue;

        public float[][] Current
        {
            get
            {
                if (_position != row.Position)
                {
                    parent._passes.Predict(_input.Read(), _current[0], _current[1]);
                    _input.CheckOutputs(_current[0], row.Position);
                    _position = row.Position;
                }

                return _current;
            }
        }
    }
}
