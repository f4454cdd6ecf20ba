using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>The columns that a network reads, found in a view and checked, and how their values make a row of floats.</summary>
internal sealed class InputColumns
{
    private InputColumns(DataViewSchema.Column features, IReadOnlyList<DataViewSchema.Column> categories, InputLayout layout)
    {
        Features = features;
        Categories = categories;
        Layout = layout;
    }

    public DataViewSchema.Column Features { get; }

    public IReadOnlyList<DataViewSchema.Column> Categories { get; }

    public InputLayout Layout { get; }

    public IEnumerable<DataViewSchema.Column> All => Categories.Prepend(Features);

    /// <summary>What the columns of training rows give the network that is to be trained.</summary>
    public static InputColumns Of(IExceptionContext context, DataViewSchema schema, InputRequest request)
    {
        var name = request.FeatureColumnName;
        var features = Require(context, schema, name, "feature");
        var architecture = request.Architecture;
        if (IsTokens(features.Type))
        {
            if (!architecture.Takes.HasFlag(NetworkInputs.Texts))
                throw Mismatch(context, name, "Vector<Single> of known size", features.Type);
            if (request.CategoricalColumnNames.Count > 0)
            {
                throw context.ExceptUserArg(
                    nameof(InputRequest.CategoricalColumnNames),
                    $"CategoricalColumnNames names '{request.CategoricalColumnNames[0]}', but column '{name}' holds texts, which are read alone.");
            }

            return new InputColumns(features, [], new InputLayout { Text = new TextInput(architecture.MaximumTokens, KeyCount(features.Type)) });
        }

        if (features.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
            throw Mismatch(context, name, Expected(architecture.Takes), features.Type);
        if ((architecture.Takes & ~NetworkInputs.Texts) == NetworkInputs.None)
            throw Mismatch(context, name, Expected(architecture.Takes), features.Type);

        var layout = new InputLayout { Numbers = vector.Size };
        if (architecture.Takes.HasFlag(NetworkInputs.Images))
            layout = layout with { Image = ImageShape.Of(context, features, vector, request.ImageShape, nameof(InputRequest.ImageShape)) };
        else if (request.ImageShape is not null)
            throw context.ExceptUserArg(nameof(InputRequest.ImageShape), $"ImageShape is {request.ImageShape}, but {architecture} does not read images.");
        if (architecture.Takes.HasFlag(NetworkInputs.Sequences))
            layout = layout with { Steps = StepsOf(context, features, vector) };

        var columns = request.CategoricalColumnNames.Select(category => Require(context, schema, category, "category")).ToList();
        if (columns.Count > 0 && !architecture.Takes.HasFlag(NetworkInputs.Categories))
        {
            throw context.ExceptUserArg(
                nameof(InputRequest.CategoricalColumnNames), $"CategoricalColumnNames names '{columns[0].Name}', but {architecture} reads no categories.");
        }

        return new InputColumns(features, columns, layout with { Categories = [.. columns.Select(column => CategoryOf(context, column))] });
    }

    /// <summary>The columns of rows to score with a network that was trained.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="schema">The rows' columns.</param>
    /// <param name="featureColumnName">The column of features.</param>
    /// <param name="layout">What the network was trained on.</param>
    public static InputColumns Find(IExceptionContext context, DataViewSchema schema, string featureColumnName, InputLayout layout)
    {
        var features = Require(context, schema, featureColumnName, "feature");
        var fits = layout.Text is { } text
            ? IsTokens(features.Type) && KeyCount(features.Type) == text.Vocabulary
            : features.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single && (vector.Size == layout.Numbers || vector.Size == 0);
        if (!fits)
        {
            var expected = layout.Text is { } tokens ? $"Vector<Key<UInt32, 0-{tokens.Vocabulary - 1}>>" : $"Vector<Single, {layout.Numbers}>";
            throw Mismatch(context, featureColumnName, expected, features.Type);
        }

        var columns = new List<DataViewSchema.Column>();
        foreach (var category in layout.Categories)
        {
            var column = Require(context, schema, category.ColumnName, "category");
            var found = CategoryOf(context, column);
            if (found != category)
                throw context.ExceptSchemaMismatch(nameof(schema), "category", column.Name, category.ToString(), found.ToString());
            columns.Add(column);
        }

        return new InputColumns(features, columns, layout);
    }

    /// <summary>Reads the inputs of a row.</summary>
    public InputReader Open(DataViewRow row)
    {
        if (Layout.Text is { } text)
            return new TokenReader(row, Features, text);

        var numbers = new NumberReader(row, Features, Layout.Numbers);
        return Categories.Count == 0 ? numbers : new CategoryReader(row, numbers, Categories, Layout);
    }

    private static bool IsTokens(DataViewType type) => type is VectorDataViewType { ItemType: KeyDataViewType { RawType: var raw } } && raw == typeof(uint);

    private static int KeyCount(DataViewType type) => (int)((KeyDataViewType)type.GetItemType()).Count;

    // Without dimensions each number is a step of its own.
    private static int StepsOf(IExceptionContext context, DataViewSchema.Column column, VectorDataViewType type) => type.Dimensions switch
    {
        { Length: 1 or 2 } dimensions => dimensions[0],
        _ => throw context.ExceptSchemaMismatch("schema", "feature", column.Name, "Vector<Single, steps, numbers of a step>", type.ToString()),
    };

    private static CategoryInput CategoryOf(IExceptionContext context, DataViewSchema.Column column)
    {
        var slots = column.Type is VectorDataViewType vector ? vector.Size : 1;
        if (column.Type.GetItemType() is not KeyDataViewType { RawType: var raw } key || raw != typeof(uint) || slots == 0)
            throw context.ExceptSchemaMismatch("schema", "category", column.Name, "Key<UInt32> or Vector<Key<UInt32>> of known size", column.Type.ToString());
        return new CategoryInput(column.Name, slots, (int)key.Count);
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
