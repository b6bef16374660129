/** What an imported table holds, one kind a file (IMP-2, IMP-4). */
export const IMPORT_KINDS = ['customers', 'contacts', 'leads', 'activities', 'orders'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Where a column of a table goes. */
export interface Target {
  /** Names the target within its kind: `name`, `contact.phone`, `owner`. */
  key: string;
  collection: string;
  field: string;
  /**
   * - `value`     typed as on the form
   * - `owner`     a person by name, mail or employee number
   * - `customer`  the customer that the row belongs to, by name, credit code or mail of nobody else
   * - `reference` a row of shared reference data by code or name
   * - `tags`      several tags by name
   */
  role: 'value' | 'owner' | 'customer' | 'reference' | 'tags';
  /** Names that columns have besides the label on the form, in both languages. */
  aliases: readonly string[];
}

const words = (list: string): string[] =>
  list
    .split(' ')
    .filter(Boolean)
    .map((word) => word.replaceAll('_', ' '));

const make =
  (collection: string, prefix = '') =>
  (field: string, aliases = '', role: Target['role'] = 'value', key = field): Target => ({
    key: `${prefix}${key}`,
    collection,
    field,
    role,
    aliases: words(aliases),
  });

const customer = make('crm_customers');
const person = make('crm_contacts', 'contact.');
const contact = make('crm_contacts');
const lead = make('crm_leads');
const activity = make('crm_activities');
const order = make('crm_orders');

const OWNER =
  '负责人 业务员 业务人员 销售 销售员 销售人员 客户经理 跟进人 归属人 所属人 负责人工号 owner salesperson sales_rep account_manager assigned_to employee_number';
const CUSTOMER =
  '客户 客户名称 客户名 公司 公司名称 公司名 单位 单位名称 企业名称 customer customer_name company company_name account account_name';
const PHONE = '电话 座机 固话 固定电话 办公电话 公司电话 电话号码 phone phone_number telephone tel';
const MOBILE = '手机 手机号 手机号码 移动电话 联系电话 联系方式 联系人电话 联系人手机 mobile mobile_phone cell contact_phone';
const EMAIL = '邮箱 邮件 电子邮件 邮箱地址 email mail email_address';
const WECHAT = '微信 微信号 wechat wechat_id';
const POSITION = '职务 职位 岗位 头衔 position title job_title';
const NOTES = '备注 说明 备注信息 notes note remark remarks comment comments';
const INDUSTRY = '行业 所属行业 行业代码 industry sector industry_code';
const REGION = '地区 区域 省市 所在地区 所在城市 城市 region city area province';
const SOURCE = '来源 客户来源 线索来源 source lead_source';
const GRADE = '等级 客户等级 级别 客户级别 grade level rating';
const NEEDS = '需求 意向 首次需求 客户需求 需求意向 needs need interest';
const CONTACT_NAME = '联系人 联系人姓名 主要联系人 姓名 contact contact_name contact_person main_contact';

/** The columns that a table of each kind may have. Whatever else a file holds is ignored and said so. */
export const TARGETS: Record<ImportKind, readonly Target[]> = {
  customers: [
    customer('name', `${CUSTOMER} 企业全称 公司全称 单位全称 名称 name full_name legal_name`),
    customer('kind', '类型 客户性质 单位性质 企业性质 type customer_type'),
    customer('uscc', '信用代码 社会信用代码 统一信用代码 税号 纳税人识别号 营业执照号 credit_code uscc tax_number tax_id'),
    customer('short_name', '客户简称 公司简称 short_name abbreviation'),
    customer('industry', INDUSTRY, 'reference'),
    customer('region', REGION, 'reference'),
    customer('class', '分类 客户分类 客户类别 class customer_class category'),
    customer('grade', GRADE),
    customer('source', SOURCE),
    customer('needs', NEEDS),
    customer('phone', PHONE),
    customer('website', '网址 官网 公司网站 website url web homepage'),
    customer('address', '公司地址 单位地址 详细地址 通讯地址 联系地址 办公地址 address street'),
    customer('postcode', '邮编 postcode zip zip_code postal_code'),
    customer('employees', '人数 员工数 企业规模 人员规模 employees headcount staff'),
    customer('annual_revenue', '营业额 年营收 年销售额 营业收入 年收入 revenue annual_revenue turnover'),
    customer('cooperation_history', '合作情况 合作记录 history cooperation_history'),
    customer('last_verified_on', '核实日期 最近核实 verified verified_on last_verified'),
    customer('owner', OWNER, 'owner'),
    make('crm_customers_tags')('tag', '标签 客户标签 tags tag labels', 'tags', 'tags'),
    person('name', CONTACT_NAME),
    person('position', `${POSITION} 联系人职务 联系人职位`),
    person('phone', MOBILE),
    person('email', `${EMAIL} 联系人邮箱`),
    person('wechat', WECHAT),
    person('is_decision_maker', '是否决策人 决策者 decision_maker'),
    person('hobbies', '兴趣 兴趣爱好 hobby hobbies interests'),
    person('notes', NOTES),
  ],
  contacts: [
    contact('customer', `${CUSTOMER} 所属客户 所属公司 所属单位`, 'customer'),
    contact('name', CONTACT_NAME),
    contact('position', POSITION),
    contact('phone', `${MOBILE} ${PHONE}`),
    contact('email', EMAIL),
    contact('wechat', WECHAT),
    contact('is_decision_maker', '是否决策人 决策者 decision_maker'),
    contact('is_primary', '是否主要联系人 首要联系人 primary main'),
    contact('hobbies', '兴趣 兴趣爱好 hobby interests'),
    contact('last_verified_on', '核实日期 最近核实 verified verified_on'),
    contact('notes', NOTES),
  ],
  leads: [
    lead('title', '主题 标题 线索 线索名称 线索标题 lead subject topic lead_name'),
    lead('company_name', CUSTOMER),
    lead('contact_name', CONTACT_NAME),
    lead('position', `${POSITION} 联系人职位`),
    lead('phone', `${PHONE} ${MOBILE}`),
    lead('email', EMAIL),
    lead('wechat', WECHAT),
    lead('region', REGION, 'reference'),
    lead('industry', INDUSTRY, 'reference'),
    lead('needs', NEEDS),
    lead('grade', GRADE),
    lead('source', SOURCE),
    lead('owner', OWNER, 'owner'),
  ],
  activities: [
    activity('customer', `${CUSTOMER} 拜访客户 跟进客户`, 'customer'),
    activity('type', '方式 跟进方式 联系方式 行动类型 活动类型 type kind method'),
    activity('subject', '标题 事项 行动 行动主题 跟进主题 subject title summary'),
    activity('notes', `${NOTES} 内容 跟进内容 跟进记录 拜访记录 沟通内容 content details`),
    activity('due_on', '计划时间 计划日 截止日期 due due_date planned planned_on'),
    activity('done_at', '发生时间 实际时间 跟进时间 拜访时间 拜访日期 跟进日期 日期 时间 done done_on date time happened_at'),
    activity('priority', '紧急程度 priority urgency'),
    activity('owner', `${OWNER} 拜访人 执行人`, 'owner'),
  ],
  orders: [
    order('number', '编号 订单编号 订单号码 合同号 合同编号 单号 number order_number order_no contract_number'),
    order('customer', CUSTOMER, 'customer'),
    order('amount', '订单金额 合同金额 总金额 成交金额 amount total value'),
    order('signed_on', '日期 签约日期 签单日期 订单日期 合同日期 signed signed_date order_date date'),
    order('status', '订单状态 状态 order_status'),
    order('notes', NOTES),
  ],
};

export const targetOf = (kind: ImportKind, key: string): Target | null => TARGETS[kind].find((target) => target.key === key) ?? null;
