using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of an augmentation that changes the features of a training row by themselves.
/// Records outside of the library cannot derive from it.
/// </summary>
/// <remarks>
/// <para>A one-hot block, which <c>OneHotEncoding</c> gives for a category, counts as one feature. Blocks are recognized by the annotation that
/// <c>OneHotEncoding</c> and <c>Concatenate</c> write; where a later transform has dropped it, normalizing for example, by names of slots such as
/// <c>Job.clerk</c> and <c>Job.manager</c>, if the training rows hold two values at most in each of these slots.</para>
/// <para>The statistics of the columns are learned from the training rows that are neither held out nor of weight 0, in one pass over them when the first row
/// is asked for. They are not stored in the model.</para>
/// </remarks>
public abstract record TabularAugmentationOptions : AugmentationOptions
{
    private protected TabularAugmentationOptions()
    {
    }

    /// <summary>
    /// Column of features: a vector of float of known size, dense or sparse, or a single float. Default: null, which means Features in a pipeline and the
    /// trainer's features in a recipe.
    /// </summary>
    public string? FeatureColumnName { get; init; }

    /// <summary>
    /// The only slots to change, by name, or by the name of the column that <c>Concatenate</c> took them from. Naming a slot of a one-hot block means
    /// the block. Default: null, which means all slots.
    /// </summary>
    public ValueList<string>? SlotNames { get; init; }

    /// <summary>The probability that a row is changed at all, from 0 (never) to 1 (always). Default: 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>
    /// Column of example weights, a float: nothing is learned from rows of weight 0, and all others count alike. Default: null, which means none in a
    /// pipeline and the trainer's weights in a recipe.
    /// </summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>
    /// Seed of the random draws. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, a random one for
    /// each estimator.
    /// </summary>
    public int? Seed { get; init; }

    internal override int? SeedOfDraws => Seed;

    private string EffectiveFeatureColumnName => FeatureColumnName ?? DefaultColumnNames.Features;

    internal override bool IsIdentity => Probability == 0;

    internal sealed override IEnumerable<string> StreamIdentity => [Name, EffectiveFeatureColumnName, .. SlotNames ?? []];

    /// <summary>Whether the change needs means and standard deviations.</summary>
    internal virtual bool NeedsMoments => true;

    internal override void Validate(IExceptionContext context)
    {
        context.CheckNameIfAny(FeatureColumnName, nameof(FeatureColumnName));
        context.CheckNameIfAny(ExampleWeightColumnName, nameof(ExampleWeightColumnName));
        context.CheckSlotNamesIfAny(SlotNames, nameof(SlotNames));
        context.CheckBetween(Probability, nameof(Probability), 0, 1);
    }

    // Noise on the target of a regression has its uses too.
    internal sealed override AugmentationOptions In(IExceptionContext context, TrainerColumnNames trainer) => this with
    {
        FeatureColumnName = trainer.AgreeOnFeatures(context, Name, nameof(FeatureColumnName), FeatureColumnName, trainer.Label),
        ExampleWeightColumnName = trainer.Agree(context, Name, nameof(ExampleWeightColumnName), ExampleWeightColumnName, trainer.Weight),
    };

    internal sealed override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        FeatureColumn.Check(context, input, EffectiveFeatureColumnName);
        if (ExampleWeightColumnName is not null)
            context.RequireWeights(input, ExampleWeightColumnName);
        return input;
    }

    /// <summary>Makes the changes, one for each cursor.</summary>
    internal abstract Func<FeatureChange> CreateChanges(FeatureColumn column, LearnedFeatures learned);

    internal sealed override RowAugmentation Bind(IHostEnvironment env, IDataView source)
    {
        var column = FeatureColumn.Of(env, source.Schema, EffectiveFeatureColumnName, SlotNames);
        var changes = new Deferred<Func<FeatureChange>>(() => CreateChanges(column, LearnedFeatures.Learn(source, column, NeedsMoments, ExampleWeightColumnName)));
        return column.IsVector
            ? new ColumnAugmentation<VBuffer<float>>(column.Column, Probability, () => ChangeOfVector(column, changes.Value()))
            : new ColumnAugmentation<float>(column.Column, Probability, () => ChangeOfNumber(changes.Value()));
    }

    private static ValueChange<VBuffer<float>> ChangeOfVector(FeatureColumn column, FeatureChange change) => (in source, ref result, ref random) =>
    {
        column.CheckSize(source.Length);
        change.Apply(source, ref result, ref random);
    };

    private static ValueChange<float> ChangeOfNumber(FeatureChange change)
    {
        var value = new float[1];
        var source = new VBuffer<float>(1, value);
        VBuffer<float> changed = default;
        return (in number, ref result, ref random) =>
        {
            value[0] = number;
            change.Apply(source, ref changed, ref random);
            result = changed.GetItemOrDefault(0);
        };
    }
}
