using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of a transform that exists only while a pipeline is fitted. Whoever adds one derives from this record (or from
/// <see cref="AugmentationOptions"/>), and names the new record in the list of types below, which is what makes it survive a model file.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "transform")]
[JsonDerivedType(typeof(BackTranslationOptions), "BackTranslation")]
[JsonDerivedType(typeof(ClassWeightsOptions), "ClassWeights")]
[JsonDerivedType(typeof(ColorJitterOptions), "ColorJitter")]
[JsonDerivedType(typeof(CutMixOptions), "CutMix")]
[JsonDerivedType(typeof(CutoutOptions), "Cutout")]
[JsonDerivedType(typeof(EasyDataAugmentationOptions), "EasyDataAugmentation")]
[JsonDerivedType(typeof(FeatureDropoutOptions), "FeatureDropout")]
[JsonDerivedType(typeof(FeatureSwapOptions), "FeatureSwap")]
[JsonDerivedType(typeof(GaussianNoiseOptions), "GaussianNoise")]
[JsonDerivedType(typeof(HoldOutOptions), "HoldOut")]
[JsonDerivedType(typeof(LabelSmoothingOptions), "LabelSmoothing")]
[JsonDerivedType(typeof(MixupOptions), "Mixup")]
[JsonDerivedType(typeof(OneOfOptions), "OneOf")]
[JsonDerivedType(typeof(RandAugmentOptions), "RandAugment")]
[JsonDerivedType(typeof(RandomCropOptions), "RandomCrop")]
[JsonDerivedType(typeof(RandomDeletionOptions), "RandomDeletion")]
[JsonDerivedType(typeof(RandomErasingOptions), "RandomErasing")]
[JsonDerivedType(typeof(RandomHorizontalFlipOptions), "RandomHorizontalFlip")]
[JsonDerivedType(typeof(RandomInsertionOptions), "RandomInsertion")]
[JsonDerivedType(typeof(RandomResizedCropOptions), "RandomResizedCrop")]
[JsonDerivedType(typeof(RandomRotationOptions), "RandomRotation")]
[JsonDerivedType(typeof(RandomSwapOptions), "RandomSwap")]
[JsonDerivedType(typeof(RandomVerticalFlipOptions), "RandomVerticalFlip")]
[JsonDerivedType(typeof(SometimesOptions), "Sometimes")]
[JsonDerivedType(typeof(SynonymReplacementOptions), "SynonymReplacement")]
[JsonDerivedType(typeof(TrivialAugmentOptions), "TrivialAugment")]
public abstract record TrainingOnlyOptions
{
    private protected TrainingOnlyOptions()
    {
    }

    /// <summary>
    /// Seed of the random draws. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, a random one for
    /// each estimator.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>What the transform is called in messages.</summary>
    internal abstract string Name { get; }

    internal abstract void Validate(IExceptionContext context);

    /// <summary>The columns that the next estimator sees while the pipeline is fitted.</summary>
    internal abstract SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input);

    /// <summary>Checks what a shape does not tell, such as the dimensions of an image.</summary>
    internal virtual void CheckRows(IHostEnvironment env, IDataView rows)
    {
    }

    /// <summary>The rows that the next estimator sees while the pipeline is fitted, computed as they are read.</summary>
    internal abstract IDataView CreateTrainingView(IHostEnvironment env, IDataView source, int seed);
}

/// <summary>
/// Options of a transform that changes training rows. The neural trainers see other changes in every epoch. Whoever just reads the rows, as all other
/// trainers do, sees the same changes in every pass: trainers such as SDCA learn about single rows from pass to pass, and count on it.
/// </summary>
[JsonConverter(typeof(AugmentationJsonConverter))]
public abstract record AugmentationOptions : TrainingOnlyOptions
{
    private protected AugmentationOptions()
    {
    }

    /// <summary>Whether hard labels come out as shares of classes.</summary>
    internal virtual bool SoftensLabels => false;

    /// <summary>Whether a row takes something of another row.</summary>
    internal bool MixesRows => Mixings.Any();

    /// <summary>It and what it is composed of, as far as that mixes rows.</summary>
    internal virtual IEnumerable<MixingOptions> Mixings => [];

    /// <summary>Whether numbers come out as missing that the rows had.</summary>
    internal virtual bool WritesGaps => false;

    /// <summary>Why a trainer cannot apply it to its own rows; null where it can.</summary>
    internal virtual string? WhyNotInTrainer => null;

    /// <summary>Whether changed copies stand beside rows rather than in their place.</summary>
    internal virtual bool WritesCopies => false;

    /// <summary>Whether no row is ever changed.</summary>
    internal virtual bool IsIdentity => false;

    /// <summary>The same in a trainer's recipe, where names that are left out are those of the trainer's columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It names another column than the trainer's.</exception>
    internal virtual AugmentationOptions In(IExceptionContext context, TrainerColumnNames trainer) => this;

    /// <summary>Names the stream of its draws: the kind and the columns, not the amounts.</summary>
    internal abstract IEnumerable<string> StreamIdentity { get; }

    /// <summary>The augmentation on the columns of <paramref name="source"/>. No row is read before the first cursor is opened.</summary>
    internal abstract RowAugmentation Bind(IHostEnvironment env, IDataView source);

    internal sealed override void CheckRows(IHostEnvironment env, IDataView rows) => Bind(env, rows);

    internal sealed override IDataView CreateTrainingView(IHostEnvironment env, IDataView source, int seed) =>
        IsIdentity ? source : AugmentedView.Create(env, source, this, seed);
}
