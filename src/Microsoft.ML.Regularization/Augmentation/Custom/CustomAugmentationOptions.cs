using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Options of a user-defined augmentation: see <see cref="ICustomAugmentation"/>. A sparse row becomes dense.</summary>
[UnionCase("Custom")]
public sealed record CustomAugmentationOptions : AugmentationOptions
{
    private const string Role = "augmentation";

    /// <summary>The type that changes rows: its full name and that of its assembly.</summary>
    public required string TypeName { get; init; }

    /// <summary>Its properties, as JSON. Default: none.</summary>
    public string Properties { get; init; } = "{}";

    /// <summary>
    /// Column of features: a vector of float of known size. Default: null, which means Features in a pipeline and the trainer's features in a recipe.
    /// </summary>
    public string? FeatureColumnName { get; init; }

    /// <summary>The probability that a row is changed at all, from 0 (never) to 1 (always). Default: 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>
    /// Seed of the random draws. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, a random one for
    /// each estimator.
    /// </summary>
    public int? Seed { get; init; }

    internal override int? SeedOfDraws => Seed;

    /// <summary>The options of an augmentation; change the others by <c>with</c>.</summary>
    /// <param name="augmentation">Changes rows.</param>
    /// <exception cref="InvalidOperationException">The type has no public parameterless constructor, or cannot be created from JSON.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Its properties do not survive a round trip through JSON.</exception>
    public static CustomAugmentationOptions Of(ICustomAugmentation augmentation)
    {
        ArgumentNullException.ThrowIfNull(augmentation);
        return new() { TypeName = CustomType.NameOf(augmentation.GetType()), Properties = CustomType.PropertiesOf(augmentation, Role, nameof(augmentation)) };
    }

    internal override string Name => "CustomAugmentation";

    internal override bool IsIdentity => Probability == 0;

    internal override IEnumerable<string> StreamIdentity => [Name, TypeName, EffectiveColumnName];

    private string EffectiveColumnName => FeatureColumnName ?? DefaultColumnNames.Features;

    // A program that loads a model to score may lack the type.
    internal override void Validate(IExceptionContext context)
    {
        context.CheckName(TypeName, nameof(TypeName));
        context.CheckName(Properties, nameof(Properties));
        context.CheckNameIfAny(FeatureColumnName, nameof(FeatureColumnName));
        context.CheckBetween(Probability, nameof(Probability), 0, 1);
    }

    internal override AugmentationOptions In(IExceptionContext context, TrainerColumnNames trainer) => this with
    {
        FeatureColumnName = trainer.AgreeOnFeatures(context, Name, nameof(FeatureColumnName), FeatureColumnName),
    };

    internal override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        context.RequireFeatures(input, EffectiveColumnName, "feature");
        return input;
    }

    internal override RowAugmentation Bind(IHostEnvironment env, IDataView source)
    {
        var (column, type) = env.RequireFeatures(source.Schema, EffectiveColumnName, "feature");
        Create();
        return new ColumnAugmentation<VBuffer<float>>(column, Probability, () => Change(Create(), column.Name, type.Size), computesAll: true);
    }

    private static ValueChange<VBuffer<float>> Change(ICustomAugmentation augmentation, string column, int size)
    {
        var numbers = new RowRandom();
        return (in source, ref result, ref random) =>
        {
            if (source.Length != size)
                throw Contracts.Except($"Column '{column}' has vectors of {size}, but a row has one of {source.Length}.");
            source.CopyToDense(ref result);
            var editor = VBufferEditor.CreateFromBuffer(ref result);
            numbers.Begin(random);
            augmentation.Apply(editor.Values, numbers);
            result = editor.Commit();
        };
    }

    private ICustomAugmentation Create() => CustomType.Create<ICustomAugmentation>(Role, TypeName, Properties);
}
