using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>The columns that a network reads, found in a view and checked, and how their values make a row of floats.</summary>
internal sealed class InputColumns
{
    /// <summary>The required type of a column of categories, for messages.</summary>
    public const string ExpectedCategory =
        "Key<UInt32> or Vector<Key<UInt32>> of known size (ml.Transforms.Conversion.MapValueToKey makes keys of texts and numbers)";

    // From the view's keys to the network's, for each column of categories or for the text; null where they are the same.
    private readonly uint[]?[] _translations;

    private InputColumns(
        DataViewSchema.Column? features,
        IReadOnlyList<DataViewSchema.Column> categories,
        InputLayout layout,
        IReadOnlyList<KeyDictionary?>? keys = null,
        uint[]?[]? translations = null)
    {
        Features = features;
        Categories = categories;
        Layout = layout;
        Keys = keys ?? [.. (layout.Text is null ? categories : [features!.Value]).Select(KeyDictionary.Of)];
        _translations = translations ?? new uint[]?[Keys.Count];
    }

    /// <summary>Null where categories are all there is.</summary>
    public DataViewSchema.Column? Features { get; }

    public IReadOnlyList<DataViewSchema.Column> Categories { get; }

    public InputLayout Layout { get; }

    /// <summary>The values of the keys, for each column of categories or for the text; null if they are not known.</summary>
    public IReadOnlyList<KeyDictionary?> Keys { get; }

    public IEnumerable<DataViewSchema.Column> All => Features is { } features ? Categories.Prepend(features) : Categories;

    /// <summary>The column that messages about a row name.</summary>
    public string Name => (Features ?? Categories[0]).Name;

    /// <summary>The inputs that the columns of training rows give a network to be trained.</summary>
    public static InputColumns Of(IExceptionContext context, DataViewSchema schema, InputRequest request)
    {
        var capacity = request.Capacity;
        if (request.FeatureColumnName is not { } name)
        {
            var own = CategoriesOf(context, schema, request);
            return new InputColumns(null, own.Columns, new InputLayout { Categories = own.Inputs });
        }

        var features = Require(context, schema, name, "feature");
        if (IsTokens(features.Type))
        {
            if (!capacity.Takes.HasFlag(NetworkInputs.Texts))
                throw Mismatch(context, name, "Vector<Single> of known size", features.Type);
            if (request.CategoricalColumnNames.Count > 0)
            {
                throw context.ExceptUserArg(
                    nameof(InputRequest.CategoricalColumnNames),
                    $"CategoricalColumnNames names '{request.CategoricalColumnNames[0]}', but column '{name}' holds texts, which are read alone.");
            }

            var vocabulary = capacity.CountOf(context, features);
            return new InputColumns(features, [], new InputLayout { Text = new TextInput(capacity.MaxTokens, vocabulary) { KeepsLastToken = capacity.KeepsLastToken } });
        }

        if (features.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
            throw Mismatch(context, name, Expected(capacity.Takes), features.Type);
        if ((capacity.Takes & ~NetworkInputs.Texts) == NetworkInputs.None)
            throw Mismatch(context, name, Expected(capacity.Takes), features.Type);

        var layout = new InputLayout { Numbers = vector.Size, RefusesGaps = request.MissingValues == MissingValues.Refuse };
        if (capacity.Takes.HasFlag(NetworkInputs.Images))
        {
            var image = ImageShape.Of(context, features, vector, request.ImageShape, nameof(InputRequest.ImageShape));
            layout = layout with { Image = image, RefusesGaps = true };
        }
        else if (request.ImageShape is not null)
            throw context.ExceptUserArg(nameof(InputRequest.ImageShape), $"ImageShape is {request.ImageShape}, but {capacity.Name} does not read images.");
        if (capacity.Takes.HasFlag(NetworkInputs.Sequences))
            layout = layout with { Steps = StepsOf(context, features, vector) };

        var categories = CategoriesOf(context, schema, request);
        if (categories.Columns.Count > 0 && !capacity.Takes.HasFlag(NetworkInputs.Categories))
        {
            throw context.ExceptUserArg(
                nameof(InputRequest.CategoricalColumnNames), $"CategoricalColumnNames names '{categories.Columns[0].Name}', but {capacity.Name} reads no categories.");
        }

        return new InputColumns(features, categories.Columns, layout with { Categories = categories.Inputs });
    }

    /// <summary>The columns of rows to score with a network that was trained.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="schema">The rows' columns.</param>
    /// <param name="featureColumnName">The column of features; it does not matter to a network of categories alone.</param>
    /// <param name="layout">The layout that the network was trained on.</param>
    /// <param name="keys">The values of the network's keys; null for keys without values.</param>
    public static InputColumns Find(IExceptionContext context, DataViewSchema schema, string? featureColumnName, InputLayout layout, NetworkKeys? keys = null)
    {
        keys ??= NetworkKeys.Counted(layout);
        if (layout.Text is { } text)
        {
            var tokens = Require(context, schema, featureColumnName ?? "", "feature");
            if (!IsTokens(tokens.Type))
                throw Mismatch(context, tokens.Name, Tokens(text), tokens.Type);
            var known = new InputColumns(tokens, [], layout with { Text = text with { Vocabulary = CountOf(tokens) } }).In(context, keys, KeyTranslation.ToScore);
            return known.Layout == layout ? known : throw Mismatch(context, tokens.Name, Tokens(text), tokens.Type);
        }

        DataViewSchema.Column? features = null;
        if (layout.Numbers > 0)
        {
            features = Require(context, schema, featureColumnName ?? "", "feature");
            var type = features.Value.Type;
            if (type is not VectorDataViewType vector || vector.ItemType != NumberDataViewType.Single || (vector.Size != layout.Numbers && vector.Size != 0))
                throw Mismatch(context, features.Value.Name, $"Vector<Single, {layout.Numbers}>", type);
        }

        var columns = layout.Categories.Select(category => Require(context, schema, category.ColumnName, "category")).ToList();
        var found = columns.ConvertAll(column => new CategoryInput(column.Name, SlotsOf(context, column), CountOf(column)));
        var own = new InputColumns(features, columns, layout with { Categories = found }).In(context, keys, KeyTranslation.ToScore);
        for (var i = 0; i < columns.Count; i++)
        {
            if (own.Layout.Categories[i] != layout.Categories[i])
                throw context.ExceptSchemaMismatch(nameof(schema), "category", columns[i].Name, layout.Categories[i].ToString(), found[i].ToString());
        }

        return own;
    }

    /// <summary>The same columns, their keys translated to those of a network where both sides know what theirs stand for.</summary>
    public InputColumns In(IExceptionContext context, NetworkKeys network, KeyTranslation translation)
    {
        var translations = new uint[]?[Keys.Count];
        var keys = Keys.ToArray();
        var (text, categories) = (Layout.Text, Layout.Categories.ToArray());
        for (var i = 0; i < keys.Length; i++)
        {
            var (theirs, own) = (keys[i], network.Inputs[i]);
            translations[i] = translation.Find(context, text is null ? Categories[i].Name : Name, theirs, own);
            keys[i] = own ?? theirs;
            if (translations[i] is null)
                continue;
            if (text is null)
                categories[i] = categories[i] with { Values = own!.Count };
            else
                text = text with { Vocabulary = own!.Count };
        }

        return new InputColumns(Features, Categories, Layout with { Text = text, Categories = categories }, keys, translations);
    }

    /// <summary>The network's key for each key of the view, from 0 for a missing one; null where they are the same.</summary>
    /// <param name="place">Which column of categories; 0 for a text.</param>
    public uint[]? TranslationOf(int place) => _translations[place];

    /// <summary>Reads the inputs of a row.</summary>
    public InputReader Open(DataViewRow row)
    {
        if (Layout.Text is { } text)
            return new TokenReader(row, Features!.Value, text, _translations[0]);

        var numbers = Features is { } features ? new NumberReader(row, features, Layout) : null;
        return Categories.Count == 0 ? numbers! : new CategoryReader(row, numbers, Categories, Layout, _translations);
    }

    private static bool IsTokens(DataViewType type) => type is VectorDataViewType { ItemType: KeyDataViewType };

    private static string Tokens(TextInput text) => $"Vector<Key<UInt32, 0-{text.Vocabulary - 1}>>";

    // The count is capped: a network cannot have more values anyway.
    private static int CountOf(DataViewSchema.Column column) => (int)Math.Min(((KeyDataViewType)column.Type.ItemType()).Count, int.MaxValue - 1);

    // Without dimensions each number is a step of its own.
    private static int StepsOf(IExceptionContext context, DataViewSchema.Column column, VectorDataViewType type) => type.Dimensions switch
    {
        { Length: 1 or 2 } dimensions => dimensions[0],
        _ => throw context.ExceptSchemaMismatch("schema", "feature", column.Name, "Vector<Single, steps, numbers of a step>", type.ToString()),
    };

    private static (List<DataViewSchema.Column> Columns, List<CategoryInput> Inputs) CategoriesOf(
        IExceptionContext context, DataViewSchema schema, InputRequest request)
    {
        var columns = request.CategoricalColumnNames.Select(category => Require(context, schema, category, "category")).ToList();
        return (columns, columns.ConvertAll(column =>
            new CategoryInput(column.Name, SlotsOf(context, column), request.Capacity.CountOf(context, column))));
    }

    private static int SlotsOf(IExceptionContext context, DataViewSchema.Column column)
    {
        var slots = column.Type is VectorDataViewType vector ? vector.Size : 1;
        return column.Type.ItemType() is KeyDataViewType && slots > 0
            ? slots
            : throw context.ExceptSchemaMismatch("schema", "category", column.Name, ExpectedCategory, column.Type.ToString());
    }

    private static DataViewSchema.Column Require(IExceptionContext context, DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw context.ExceptSchemaMismatch(nameof(schema), role, name);

    private static Exception Mismatch(IExceptionContext context, string name, string expected, DataViewType actual) =>
        context.ExceptSchemaMismatch("schema", "feature", name, expected, actual.ToString());

    private static string Expected(NetworkInputs takes) =>
        takes == NetworkInputs.Texts ? "Vector<Key<UInt32>>"
        : takes.HasFlag(NetworkInputs.Texts) ? "Vector<Single> of known size or Vector<Key<UInt32>>"
        : "Vector<Single> of known size";
}
